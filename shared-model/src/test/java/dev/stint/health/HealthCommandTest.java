package dev.stint.health;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.stint.health.HealthCommand.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HealthCommandTest {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  private HttpServer service;
  private int port;

  @BeforeEach
  void start() throws IOException {
    service = HttpServer.create(new InetSocketAddress(LOOPBACK, 0), 0);
    service.start();
    port = service.getAddress().getPort();
  }

  @AfterEach
  void stop() {
    service.stop(0);
  }

  @Test
  void a_ready_service_is_told_so() {
    answer("/q/health/ready", 200);

    assertThat(ask("health")).isEqualTo(new Answer(0, "worker: ready"));
  }

  @Test
  void a_draining_service_is_alive_and_not_ready() {
    answer("/q/health/ready", 503);
    answer("/q/health/live", 200);

    assertThat(ask("health")).isEqualTo(new Answer(1, "worker: not ready, answered 503"));
    assertThat(ask("health", "--live")).isEqualTo(new Answer(0, "worker: alive"));
  }

  @Test
  void the_usual_port_is_asked_if_no_other_is_named() {
    answer("/q/health/ready", 200);

    var answer = new HealthCommand("producer", port).run(Map.of(), "health");

    assertThat(answer).isEqualTo(new Answer(0, "producer: ready"));
  }

  @Test
  void a_service_that_is_not_there_is_not_ready() {
    service.stop(0);

    var answer = ask("health");

    assertThat(answer.exitCode()).isEqualTo(1);
    assertThat(answer.text())
        .startsWith("worker: not ready, no answer on port " + port + ": ")
        .hasLineCount(1);
  }

  @Test
  void a_service_that_hangs_is_not_ready() throws IOException {
    try (var hangs = new ServerSocket(0, 1, LOOPBACK)) {
      var command = new HealthCommand("worker", hangs.getLocalPort(), Duration.ofMillis(20));

      assertThat(command.run(Map.of(), "health").exitCode()).isEqualTo(1);
    }
  }

  @Test
  void something_else_on_the_port_is_not_ready() throws Exception {
    try (var other = new ServerSocket(0, 1, LOOPBACK)) {
      var speaker =
          Thread.ofVirtual()
              .start(() -> {
                try (var client = other.accept()) {
                  client.getInputStream().read();
                  client.getOutputStream().write("+PONG\r\n".getBytes(StandardCharsets.UTF_8));
                } catch (IOException e) {
                  throw new IllegalStateException(e);
                }
              });

      var answer = new HealthCommand("worker", other.getLocalPort()).run(Map.of(), "health");

      assertThat(answer.exitCode()).isEqualTo(1);
      speaker.join();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "65536", "-1", "", "http", "99999999999"})
  void a_port_that_is_none_is_named(String wrong) {
    var answer = new HealthCommand("worker", 0).run(Map.of("QUARKUS_HTTP_PORT", wrong), "health");

    assertThat(answer)
        .isEqualTo(
            new Answer(
                1,
                "worker: health: QUARKUS_HTTP_PORT must be the service's port, 1 to 65535, but is "
                    + wrong));
  }

  @Test
  void an_unknown_argument_is_named() {
    assertThat(ask("health", "--alive"))
        .isEqualTo(new Answer(1, "worker: health: unknown argument --alive, there is only --live"));
  }

  @Test
  void it_is_asked_for_by_the_first_argument_only() {
    assertThat(HealthCommand.isAsked("health", "--live")).isTrue();
    assertThat(HealthCommand.isAsked("--name", "health")).isFalse();
    assertThat(HealthCommand.isAsked()).isFalse();
  }

  private Answer ask(String... args) {
    var env = Map.of("QUARKUS_HTTP_PORT", String.valueOf(port));
    return new HealthCommand("worker", 0).run(env, args);
  }

  private void answer(String path, int status) {
    service.createContext(
        path,
        exchange -> {
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
  }
}
