package dev.stint.amqp;

import io.vertx.core.net.PemTrustOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;

/** Certificates of authorities, in a PEM file that was readable when the settings were read. */
record CaFile(Path path) {

  /**
   * @throws IllegalArgumentException if there is no certificate in such a file
   */
  static CaFile read(String text) {
    try {
      var path = Path.of(text);
      var content = Files.readAllBytes(path);
      var found =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(content));
      if (!found.isEmpty()) {
        return new CaFile(path);
      }
    } catch (IOException | InvalidPathException e) {
      throw new IllegalArgumentException("cannot be read: " + text, e);
    } catch (CertificateException e) {
      throw new IllegalArgumentException("has no certificate in PEM form: " + text, e);
    }
    throw new IllegalArgumentException("has no certificate in PEM form: " + text);
  }

  PemTrustOptions trust() {
    return new PemTrustOptions().addCertPath(path.toString());
  }
}
