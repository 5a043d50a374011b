package dev.stint.amqp;

import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A {@link RabbitNode} that runs: the program in {@code stint.test.rabbitmq}. */
final class RabbitProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final RabbitNode node;
  private final Path log;
  private Process process;

  private RabbitProcess(RabbitNode node, Path log) {
    this.node = node;
    this.log = log;
  }

  static RabbitProcess start(Path folder) throws Exception {
    var broker = new RabbitProcess(RabbitNode.in(folder), folder.resolve("log"));
    broker.restart();
    return broker;
  }

  /** Starts it on the data it has. */
  void restart() throws Exception {
    var builder =
        new ProcessBuilder(System.getProperty("stint.test.rabbitmq"))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().putAll(node.env());
    process = builder.start();
    await().atMost(PATIENCE).until(() -> node.answers() || !process.isAlive());
    if (!process.isAlive()) {
      throw new IllegalStateException("RabbitMQ does not start, see " + log);
    }
  }

  String url() {
    return node.url();
  }

  int port() {
    return URI.create(node.url()).getPort();
  }

  /** Waits until it would know all its queues again if it was killed. */
  void awaitWritten() {
    await().until(() -> node.hasWritten(1));
  }

  /** Ends it by SIGKILL. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      kill();
    }
    node.endPortMapper();
  }
}
