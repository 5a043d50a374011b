package dev.stint.amqp;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/**
 * A subscription to one address whose demand is link credit: the broker holds back every message
 * that was not asked for, and nothing is buffered on this side. What the {@link
 * AmqpConnection#receive publisher} gives to {@code onSubscribe} is always one. For any thread.
 */
public interface CreditSubscription extends Flow.Subscription {
  /**
   * Adds exactly {@code n} credits: at most that many more messages will come. Credit is used up by
   * arrival, not by settlement, and is never refilled by itself. Up to 10,000 are granted at once;
   * the rest of a greater demand is granted as messages arrive.
   *
   * <p>A link that was opened anew (reconnect, or the broker had detached it) starts with credit 0.
   * To a {@link CreditSubscriber} this is told, and it grants anew; for any other subscriber the
   * demand it has not yet been served is granted again, as Reactive Streams promises it.
   */
  @Override
  void request(long n);

  /**
   * Makes all unused credit void: no message comes after the stage has completed, until more is
   * requested. The broker may still send as many messages as credit was unused; each is {@link
   * Settlement#RELEASE released} at once, without being shown to the subscriber, and goes to
   * another consumer.
   */
  CompletionStage<Void> revoke();

  /**
   * Closes the link. Messages that were delivered and not settled are {@link Settlement#RELEASE
   * released}: revoke and settle first to leave in good order.
   */
  @Override
  void cancel();
}
