package dev.stint.amqp;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Sends messages and learns from the broker what became of them. For any thread: calls of many
 * threads are put on the wire in one go. Any number may be under way at once, on one link for each
 * address.
 */
public final class ConfirmedSender {
  /**
   * Sends a message, once.
   *
   * @return completes on the event loop when the broker has accepted the message, which is when it
   *     has stored it if it is durable; fails with {@link SendFailedException} in every other case,
   *     and at the latest when the confirm timeout is over
   */
  public CompletionStage<Void> send(OutgoingAmqp message, byte[] payload) {
    return CompletableFuture.failedStage(new UnsupportedOperationException());
  }
}
