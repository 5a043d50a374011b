package dev.stint.amqp;

import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Makes sure that queues exist on the broker, at start and again after every reconnect: durable
 * queues whose dead messages go to {@link #DEAD_LETTERS}. For any thread.
 *
 * <p>RabbitMQ: quorum queues are declared. Artemis: a sender is attached once to each address, so
 * that the broker makes queue and address as its address settings say; the dead-letter address is
 * set there too.
 */
public final class Lanes {
  /** Name of the queue for messages that no consumer wants. Declared whatever else is. */
  public static final String DEAD_LETTERS = "stint.dead";

  /**
   * Declares queues by name.
   *
   * @return completes when the broker has them all, fails with the broker's refusal; while there is
   *     no connection it waits for one
   */
  public CompletionStage<Void> declare(Collection<String> addresses) {
    return CompletableFuture.failedStage(new UnsupportedOperationException());
  }
}
