package dev.stint.amqp;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Flow;
import org.apache.qpid.proton.amqp.Symbol;
import org.apache.qpid.proton.amqp.messaging.Accepted;
import org.apache.qpid.proton.amqp.messaging.Modified;
import org.apache.qpid.proton.amqp.messaging.Rejected;
import org.apache.qpid.proton.amqp.messaging.Released;
import org.apache.qpid.proton.amqp.messaging.Source;
import org.apache.qpid.proton.amqp.messaging.Target;
import org.apache.qpid.proton.amqp.transport.ReceiverSettleMode;
import org.apache.qpid.proton.amqp.transport.SenderSettleMode;
import org.apache.qpid.proton.engine.EndpointState;
import org.apache.qpid.proton.engine.Receiver;
import org.apache.qpid.proton.engine.Session;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** All subscriptions of a connection: gives them their links, and again after each loss. */
final class Inbox {
  private static final Logger LOG = Logger.getLogger(Inbox.class);

  private static final Symbol[] OUTCOMES = {
    Accepted.DESCRIPTOR_SYMBOL,
    Rejected.DESCRIPTOR_SYMBOL,
    Released.DESCRIPTOR_SYMBOL,
    Modified.DESCRIPTOR_SYMBOL
  };

  private final Loop loop;
  private final BrokerKind kind;
  private final Lanes lanes;
  private final Backoff backoff;
  private final Set<LaneSubscription> subscriptions = new LinkedHashSet<>();
  private @Nullable Wire wire;
  private @Nullable Session session;

  Inbox(Loop loop, BrokerKind kind, Lanes lanes, Backoff backoff) {
    this.loop = loop;
    this.kind = kind;
    this.lanes = lanes;
    this.backoff = backoff;
  }

  Flow.Publisher<Message<byte[]>> publisher(String address) {
    return subscriber -> loop.execute(new LaneSubscription(this, loop, address, subscriber)::start);
  }

  void connected(Wire opened) {
    wire = opened;
    List.copyOf(subscriptions).forEach(this::declareAndAttach);
  }

  void lost() {
    wire = null;
    session = null;
  }

  void close() {
    List.copyOf(subscriptions).forEach(subscription -> loop.turn(subscription::complete));
  }

  void add(LaneSubscription subscription) {
    subscriptions.add(subscription);
    declareAndAttach(subscription);
  }

  void remove(LaneSubscription subscription) {
    subscriptions.remove(subscription);
  }

  /** The link is gone: if it went alone, it is opened again after a while. */
  void attachLater(LaneSubscription subscription, int round, Throwable cause) {
    if (wire == null || wire.hasEnded()) {
      return;
    }
    if (round == 0) {
      LOG.warnf("link lost address=%s cause=%s", subscription.address(), cause.getMessage());
    }
    lanes.forget(subscription.address());
    loop.after(backoff.before(round), () -> declareAndAttach(subscription));
  }

  /** The queue may be missing, or have been deleted. */
  private void declareAndAttach(LaneSubscription subscription) {
    lanes
        .declare(List.of(subscription.address()))
        .whenComplete((_, refusal) -> loop.execute(() -> attach(subscription, refusal)));
  }

  /**
   * Artemis may refuse the declaration to one who may only consume, so attaching is tried. RabbitMQ
   * would end the whole session of one who attaches to a missing queue.
   */
  private void attach(LaneSubscription subscription, @Nullable Throwable refusal) {
    if (wire == null || !subscription.needsLink()) {
      return;
    }
    if (refusal != null && kind == BrokerKind.RABBITMQ) {
      subscription.gone(refusal);
    } else {
      subscription.attach(link(subscription, wire));
    }
  }

  /**
   * RabbitMQ ends the session of one who attaches to a queue that has just been deleted, so a link
   * that was lost once is kept apart from the others.
   */
  private Session sessionFor(LaneSubscription subscription, Wire on) {
    if (kind == BrokerKind.RABBITMQ && subscription.wasRefused()) {
      return on.session();
    }
    if (session == null || session.getLocalState() == EndpointState.CLOSED) {
      session = on.session();
    }
    return session;
  }

  private Receiver link(LaneSubscription subscription, Wire on) {
    var address = subscription.address();
    var source = new Source();
    source.setAddress(kind.addressOf(address));
    source.setOutcomes(OUTCOMES);
    source.setCapabilities(kind.capabilities());
    var receiver = sessionFor(subscription, on).receiver(on.linkName(address));
    receiver.setSource(source);
    receiver.setTarget(new Target());
    receiver.setSenderSettleMode(SenderSettleMode.UNSETTLED);
    receiver.setReceiverSettleMode(ReceiverSettleMode.FIRST);
    return receiver;
  }
}
