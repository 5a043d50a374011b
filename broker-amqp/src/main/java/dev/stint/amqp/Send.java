package dev.stint.amqp;

import dev.stint.amqp.SendFailedException.Reason;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One message on its way to its confirmation. */
final class Send extends CompletableFuture<Void> {
  private final OutgoingAmqp attributes;
  private final byte[] payload;
  private final long deadline;

  /** The link it was written to; null until then. */
  private @Nullable SenderLink sentOn;

  /**
   * @param deadline of {@link System#nanoTime}
   */
  Send(OutgoingAmqp attributes, byte[] payload, long deadline) {
    this.attributes = attributes;
    this.payload = payload;
    this.deadline = deadline;
  }

  OutgoingAmqp attributes() {
    return attributes;
  }

  byte[] payload() {
    return payload;
  }

  /** Nanoseconds until it has to be confirmed; negative if that is over. */
  long remaining(long now) {
    return deadline - now;
  }

  void sentOn(SenderLink link) {
    sentOn = link;
  }

  boolean wasSentOn(SenderLink link) {
    return sentOn == link;
  }

  void expire() {
    if (sentOn != null) {
      fail(Reason.UNCONFIRMED, "was not confirmed in time", null);
    } else {
      fail(Reason.NO_CREDIT, "was not sent: the broker gave no credit in time", null);
    }
  }

  void fail(Reason reason, String what, @Nullable Throwable cause) {
    completeExceptionally(
        new SendFailedException(reason, "message to " + attributes.address() + " " + what, cause));
  }
}
