package dev.stint.amqp;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * On RabbitMQ 4 queues are declared by requests to the management node: durable quorum queues whose
 * dead messages are handed on at least once.
 */
final class RabbitQueues implements Declarer {
  private static final Logger LOG = Logger.getLogger(RabbitQueues.class);

  /** Attempts are counted by the store; the broker's own limit must never end a job before it. */
  private static final int DELIVERY_LIMIT = 1_000_000;

  /**
   * RabbitMQ 4.3 takes a message back, by itself and after half an hour, from one who has not
   * settled it. An attempt may take 30 days, and a worker that is gone is noticed otherwise.
   */
  private static final long CONSUMER_TIMEOUT_MILLIS = Duration.ofDays(31).toMillis();

  private @Nullable RabbitManagement management;

  @Override
  public CompletableFuture<Void> declare(Wire wire, String queue) {
    var node = management;
    if (node == null || !node.isUsableOn(wire)) {
      node = RabbitManagement.open(wire);
      management = node;
    }
    return node.put("/queues/" + BrokerKind.percentEncoded(queue), body(queue))
        .thenAccept(response -> check(queue, response));
  }

  private static Map<String, Object> body(String queue) {
    var arguments = new HashMap<String, Object>();
    arguments.put("x-queue-type", "quorum");
    if (!queue.equals(Lanes.DEAD_LETTERS)) {
      arguments.put("x-delivery-limit", DELIVERY_LIMIT);
      arguments.put("x-dead-letter-exchange", "");
      arguments.put("x-dead-letter-routing-key", Lanes.DEAD_LETTERS);
      arguments.put("x-dead-letter-strategy", "at-least-once");
      arguments.put("x-overflow", "reject-publish");
      arguments.put("x-consumer-timeout", CONSUMER_TIMEOUT_MILLIS);
    }
    return Map.of(
        "durable", true, "exclusive", false, "auto_delete", false, "arguments", arguments);
  }

  private static void check(String queue, RabbitManagement.Response response) {
    switch (response.code()) {
      case "200", "201" -> {}
      // It was made by someone else, with other arguments. That is theirs to decide.
      case "409" -> LOG.warnf("queue differs queue=%s answer=%s", queue, response.problem());
      default ->
          throw new AmqpException(
              "queue " + queue + " was refused: " + response.code() + " " + response.problem());
    }
  }
}
