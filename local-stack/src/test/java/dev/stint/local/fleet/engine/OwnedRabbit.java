package dev.stint.local.fleet.engine;

import static org.awaitility.Awaitility.await;

import dev.stint.amqp.RabbitNode;
import dev.stint.local.process.Launch;
import dev.stint.local.process.Stage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A RabbitMQ node of a fleet's own.
 *
 * @param queues that it has when producer and workers run
 */
record OwnedRabbit(Path program, RabbitNode node, int queues) implements Engine {
  @Override
  public String url() {
    return node.url();
  }

  @Override
  public List<Launch> launches() {
    return List.of(
        new Launch(
            "broker",
            Stage.BROKER,
            List.of(program.toString()),
            node.env(),
            node::answers,
            Duration.ofSeconds(30)));
  }

  @Override
  public Map<String, String> env() {
    return Map.of("STINT_BROKER_KIND", "rabbitmq");
  }

  @Override
  public Path data() {
    return node.data();
  }

  @Override
  public void awaitWritten() {
    await().until(() -> node.hasWritten(queues));
  }

  @Override
  public void close() {
    node.endPortMapper();
  }
}
