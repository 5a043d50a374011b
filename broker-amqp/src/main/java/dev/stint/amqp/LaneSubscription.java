package dev.stint.amqp;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.apache.qpid.proton.amqp.messaging.Released;
import org.apache.qpid.proton.amqp.transport.DeliveryState;
import org.apache.qpid.proton.codec.ReadableBuffer;
import org.apache.qpid.proton.engine.Delivery;
import org.apache.qpid.proton.engine.Receiver;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One subscriber of one address and its link. The state is the loop's; what other threads call is
 * handed over to it.
 */
final class LaneSubscription implements CreditSubscription, LinkEvents {
  private static final Logger LOG = Logger.getLogger(LaneSubscription.class);

  /** More is not granted at once: a bound for unbounded demand, not met by slots. */
  private static final int MOST_CREDIT = 10_000;

  private final Inbox inbox;
  private final Loop loop;
  private final String address;
  private final Flow.Subscriber<? super Message<byte[]>> subscriber;
  private @Nullable Receiver receiver;
  private boolean open;
  private boolean ended;
  private int refusals;

  /** Requested, and neither served nor revoked. The link may have more credit than this. */
  private long demand;

  LaneSubscription(
      Inbox inbox, Loop loop, String address, Flow.Subscriber<? super Message<byte[]>> subscriber) {
    this.inbox = inbox;
    this.loop = loop;
    this.address = address;
    this.subscriber = subscriber;
  }

  String address() {
    return address;
  }

  /** Whether its last link was lost or refused, on a connection that went on. */
  boolean wasRefused() {
    return refusals > 0;
  }

  boolean needsLink() {
    return receiver == null && !ended;
  }

  void start() {
    subscriber.onSubscribe(this);
    inbox.add(this);
  }

  void attach(Receiver link) {
    receiver = link;
    link.setContext(this);
    link.open();
  }

  @Override
  public void request(long n) {
    loop.execute(() -> requested(n));
  }

  private void requested(long n) {
    if (ended) {
      return;
    }
    if (n <= 0) {
      // Reactive Streams, rule 3.9.
      end();
      subscriber.onError(new IllegalArgumentException("request must be positive, not " + n));
      return;
    }
    boolean isVoid = !open && subscriber instanceof CreditSubscriber;
    if (!isVoid) {
      demand = demand + n < 0 ? Long.MAX_VALUE : demand + n;
      grant();
    }
  }

  private void grant() {
    if (receiver == null || !open) {
      return;
    }
    int missing = (int) (Math.min(demand, MOST_CREDIT) - receiver.getCredit());
    if (missing > 0) {
      receiver.flow(missing);
    }
  }

  /**
   * The credit stays with the broker: what still comes on it is released at once, and what is
   * requested later uses it first. Taking it back, by a drain or by a flow of 0, is not safe:
   * Artemis (2.55) may be handing a message to the link at that moment, which then waits in the
   * broker, held by us and never sent, until there is credit again. One in ten revocations in the
   * middle of a stream of messages did that.
   */
  @Override
  public CompletionStage<Void> revoke() {
    var done = new CompletableFuture<Void>();
    loop.execute(() -> {
      demand = 0;
      done.complete(null);
    });
    return done;
  }

  @Override
  public void cancel() {
    loop.execute(this::end);
  }

  /** The connection has been closed for good. */
  void complete() {
    if (!ended) {
      end();
      subscriber.onComplete();
    }
  }

  private void end() {
    if (ended) {
      return;
    }
    ended = true;
    inbox.remove(this);
    if (receiver != null) {
      Wire.release(receiver);
      unlink();
    }
  }

  private void unlink() {
    receiver = null;
    open = false;
  }

  @Override
  public void opened() {
    open = true;
    refusals = 0;
    if (subscriber instanceof CreditSubscriber keeper) {
      demand = 0;
      keeper.opened();
    } else {
      grant();
    }
  }

  @Override
  public void gone(Throwable cause) {
    boolean wasOpen = open;
    unlink();
    if (wasOpen && subscriber instanceof CreditSubscriber keeper) {
      keeper.lost(cause);
    }
    inbox.attachLater(this, refusals++, cause);
  }

  @Override
  public void delivery(Delivery delivery) {
    // What the engine says for us when the link is closed. RabbitMQ ends the session if it says
    // nothing.
    delivery.setDefaultDeliveryState(Released.getInstance());
    // Not that of the event: it may be an update of one that was handled before.
    var link = receiver;
    var next = link == null ? null : link.current();
    while (link != null && next != null && (next.isAborted() || !next.isPartial())) {
      take(link, next);
      link = receiver;
      next = link == null ? null : link.current();
    }
  }

  private void take(Receiver link, Delivery delivery) {
    var bytes = link.recv();
    link.advance();
    if (delivery.isAborted()) {
      delivery.settle();
    } else if (demand == 0) {
      settle(delivery, Released.getInstance());
    } else {
      deliver(delivery, bytes);
    }
    if (link == receiver) {
      refill(link);
    }
  }

  private void deliver(Delivery delivery, ReadableBuffer bytes) {
    IncomingMessage content;
    try {
      content = IncomingMessage.read(address, bytes);
    } catch (RuntimeException e) {
      LOG.warnf("message rejected address=%s cause=%s", address, e);
      var why = "unreadable: " + e.getMessage();
      settle(delivery, AmqpDelivery.rejected(why));
      if (subscriber instanceof CreditSubscriber keeper) {
        keeper.unreadable(why);
      }
      return;
    }
    if (demand != Long.MAX_VALUE) {
      demand--;
    }
    subscriber.onNext(new AmqpDelivery(loop, delivery, content));
  }

  private static void settle(Delivery delivery, DeliveryState state) {
    delivery.disposition(state);
    delivery.settle();
  }

  /** Credit falls behind demand only if there is very much of that, or a message was no message. */
  private void refill(Receiver link) {
    if (demand <= MOST_CREDIT || link.getCredit() < MOST_CREDIT / 2) {
      grant();
    }
  }
}
