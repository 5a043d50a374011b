package dev.stint.amqp;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker whose certificate comes from an authority that only its owner knows. */
class TlsTest {
  private static final String PASSWORD = "changeit";

  @TempDir private Path folder;
  private final Vertx vertx = Vertx.vertx();
  private final List<Client> clients = new ArrayList<>();
  private EmbeddedBroker broker;

  @BeforeEach
  void start() throws Exception {
    keytool("-genkeypair", "-alias", "ca", "-dname", "CN=Authority", "-ext", "bc:c");
    keytool(
        "-genkeypair",
        "-alias",
        "broker",
        "-signer",
        "ca",
        "-dname",
        "CN=Broker",
        "-ext",
        "san=ip:127.0.0.1");
    keytool("-exportcert", "-alias", "ca", "-rfc", "-file", authority());
    keytool("-delete", "-alias", "ca");
    broker = EmbeddedBroker.createWithTls(folder.resolve("keys"), PASSWORD);
  }

  @AfterEach
  void stop() {
    clients.forEach(Client::close);
    broker.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void with_the_authoritys_file_messages_come_and_go() {
    var client = connect(broker.url(), "ca-file", authority()).awaitConnected();

    client.fill("tls", 3);
    var collector = client.collect("tls", 3);
    collector.awaitCount(3);

    assertThat(collector.texts()).containsExactly("0", "1", "2");
  }

  @Test
  void without_it_the_broker_is_not_trusted() {
    var stranger = connect(broker.url());
    var known = connect(broker.url(), "ca-file", authority()).awaitConnected();
    known.fill("tls", 100);

    assertThat(stranger.connection.isConnected()).isFalse();
    assertThat(stranger.events).isEmpty();
  }

  @Test
  void a_certificate_of_another_host_is_not_trusted() {
    var misled = connect(broker.url().replace("127.0.0.1", "localhost"), "ca-file", authority());
    var known = connect(broker.url(), "ca-file", authority()).awaitConnected();
    known.fill("tls", 100);

    assertThat(misled.connection.isConnected()).isFalse();
    assertThat(misled.events).isEmpty();
  }

  private Client connect(String url, String... attributes) {
    var client = Client.to(vertx, url, attributes);
    clients.add(client);
    return client;
  }

  private String authority() {
    return folder.resolve("ca.pem").toString();
  }

  private void keytool(String... arguments) throws Exception {
    var command =
        new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin/keytool").toString()));
    command.addAll(List.of(arguments));
    command.addAll(List.of("-keystore", folder.resolve("keys").toString(), "-storepass", PASSWORD));
    if (arguments[0].equals("-genkeypair")) {
      command.addAll(List.of("-keyalg", "EC"));
    }
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
  }
}
