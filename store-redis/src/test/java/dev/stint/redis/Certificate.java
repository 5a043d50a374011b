package dev.stint.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A certificate for 127.0.0.1, and no other name, from an authority of its own.
 *
 * @param chain PEM file of it
 * @param key PEM file of its private key
 * @param authority PEM file of the authority's certificate
 * @param trusted key store that has only the authority
 */
record Certificate(Path chain, Path key, Path authority, Path trusted) {
  static final String PASSWORD = "changeit";

  private static final String NAME = "server";

  /** Makes one. */
  static Certificate in(Path folder) throws Exception {
    var certificate =
        new Certificate(
            folder.resolve("chain.pem"),
            folder.resolve("key.pem"),
            folder.resolve("authority.pem"),
            folder.resolve("trusted.p12"));
    var keys = folder.resolve("keys.p12");
    var authority = certificate.authority.toString();
    keytool(keys, "-genkeypair", "-alias", "ca", "-dname", "CN=Authority", "-ext", "bc:c");
    keytool(
        keys,
        "-genkeypair",
        "-alias",
        NAME,
        "-signer",
        "ca",
        "-dname",
        "CN=Server",
        "-ext",
        "san=ip:127.0.0.1");
    keytool(keys, "-exportcert", "-alias", "ca", "-rfc", "-file", authority);
    keytool(certificate.trusted, "-importcert", "-noprompt", "-alias", "ca", "-file", authority);
    certificate.export(keys);
    return certificate;
  }

  /** An encrypted connection to a server with a certificate from this authority. */
  Socket connect(int port) throws IOException {
    try {
      var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(load(trusted));
      var context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  private void export(Path keys) throws Exception {
    var store = load(keys);
    var pem = new StringBuilder();
    for (var one : store.getCertificateChain(NAME)) {
      pem.append(pem("CERTIFICATE", one.getEncoded()));
    }
    Files.writeString(chain, pem);
    var secret = store.getKey(NAME, PASSWORD.toCharArray());
    Files.writeString(key, pem("PRIVATE KEY", secret.getEncoded()));
  }

  private static KeyStore load(Path file) throws GeneralSecurityException, IOException {
    try (InputStream in = Files.newInputStream(file)) {
      var store = KeyStore.getInstance("PKCS12");
      store.load(in, PASSWORD.toCharArray());
      return store;
    }
  }

  private static String pem(String kind, byte[] bytes) {
    var lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
    return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(kind, lines);
  }

  private static void keytool(Path keys, String... arguments) {
    var command =
        new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin/keytool").toString()));
    command.addAll(List.of(arguments));
    command.addAll(List.of("-keystore", keys.toString(), "-storepass", PASSWORD));
    command.addAll(List.of("-storetype", "PKCS12"));
    if (arguments[0].equals("-genkeypair")) {
      command.addAll(List.of("-keyalg", "EC"));
    }
    try {
      var process = new ProcessBuilder(command).redirectErrorStream(true).start();
      var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException(command + ": " + output);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
