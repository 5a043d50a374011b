package dev.stint.amqp;

import java.util.concurrent.Flow;
import org.eclipse.microprofile.reactive.messaging.Message;

/**
 * A subscriber that keeps account of its credit itself. Its methods are called on the connection's
 * event loop, one at a time: must not block.
 */
public interface CreditSubscriber extends Flow.Subscriber<Message<byte[]>> {
  /**
   * The link is open, with credit 0: all credit requested before is void, to be granted anew by
   * {@link CreditSubscription#request}. Called at every opening, the first included.
   */
  void opened();

  /**
   * The link is gone, with the connection or alone (the broker detached it). Its unsettled messages
   * are on their way to another consumer, and settling them has no effect. It is opened again by
   * itself. Called once for each {@link #opened} unless the subscription was cancelled.
   */
  void lost(Throwable cause);

  /** A message was rejected that could not be read: it is none that AMQP 1.0 or Stint knows. */
  default void unreadable(String why) {}
}
