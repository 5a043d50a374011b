package dev.stint.local.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stint.local.process.ChildProcess;
import dev.stint.local.process.Complaint;
import dev.stint.local.process.Launcher;
import dev.stint.local.process.Ports;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokerServerTest {
  private static final String LANE = "stint.default.sha256";
  private static final Duration START = Duration.ofSeconds(60);

  @TempDir private Path folder;
  private Launcher launcher;
  private BrokerServer broker;

  @BeforeEach
  void open() throws Exception {
    launcher = Launcher.open(folder);
    broker = new BrokerServer(folder.resolve("broker"), Ports.free());
  }

  @AfterEach
  void close() throws Exception {
    launcher.close();
  }

  @Test
  void confirmed_message_survives_sigterm() throws Exception {
    ChildProcess first = started();
    send("kept");
    first.stop();

    started();

    try (var amqp = new Amqp(broker.port())) {
      assertThat(amqp.take(LANE)).isEqualTo("kept");
    }
  }

  @Test
  void confirmed_message_survives_sigkill() throws Exception {
    ChildProcess first = started();
    send("kept");
    first.kill();
    first.awaitExit(START);

    started();

    try (var amqp = new Amqp(broker.port())) {
      assertThat(amqp.take(LANE)).isEqualTo("kept");
    }
  }

  @Test
  void rejected_message_is_kept_with_the_dead() throws Exception {
    started();

    try (var amqp = new Amqp(broker.port())) {
      amqp.send(LANE, "unreadable");
      amqp.reject(LANE);

      assertThat(amqp.take("stint.dead")).isEqualTo("unreadable");
    }
  }

  @Test
  void port_in_use_ends_the_broker_with_an_explanation() throws Exception {
    try (var _ = new ServerSocket(broker.port(), 1, InetAddress.getLoopbackAddress())) {
      ChildProcess child = launcher.start(broker.launch());

      assertThatThrownBy(() -> child.awaitReady(START))
          .isInstanceOf(Complaint.class)
          .hasMessageContaining("broker ended with exit code");
    }
  }

  private ChildProcess started() throws Exception {
    ChildProcess child = launcher.start(broker.launch());
    child.awaitReady(START);
    return child;
  }

  private void send(String text) throws Exception {
    try (var amqp = new Amqp(broker.port())) {
      amqp.send(LANE, text);
    }
  }
}
