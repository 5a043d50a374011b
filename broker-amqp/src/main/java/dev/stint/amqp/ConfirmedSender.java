package dev.stint.amqp;

import dev.stint.amqp.SendFailedException.Reason;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.apache.qpid.proton.amqp.messaging.Source;
import org.apache.qpid.proton.amqp.messaging.Target;
import org.apache.qpid.proton.amqp.transport.ReceiverSettleMode;
import org.apache.qpid.proton.amqp.transport.SenderSettleMode;
import org.apache.qpid.proton.engine.EndpointState;
import org.apache.qpid.proton.engine.Session;
import org.jspecify.annotations.Nullable;

/**
 * Sends messages and learns from the broker what became of them. For any thread: calls of many
 * threads are put on the wire in one go. Any number may be under way at once, on one link for each
 * address.
 */
public final class ConfirmedSender {
  private static final String ANONYMOUS = "anonymous";

  private final Loop loop;
  private final BrokerKind kind;
  private final Duration confirmTimeout;
  private final OutgoingMessage writer = new OutgoingMessage();
  private final Map<String, SenderLink> links = new HashMap<>();

  /** Not answered yet, oldest first; answered ones may stand between them. */
  private final ArrayDeque<Send> unanswered = new ArrayDeque<>();

  private @Nullable Wire wire;
  private @Nullable Session session;
  private boolean watching;

  ConfirmedSender(Loop loop, BrokerSettings settings) {
    this.loop = loop;
    this.kind = settings.kind();
    this.confirmTimeout = settings.confirmTimeout();
  }

  /**
   * Sends a message, once.
   *
   * @return completes on the event loop when the broker has accepted the message, which is when it
   *     has stored it if it is durable; fails with {@link SendFailedException} in every other case,
   *     and at the latest when the confirm timeout is over
   */
  public CompletionStage<Void> send(OutgoingAmqp message, byte[] payload) {
    var send = new Send(message, payload, System.nanoTime() + confirmTimeout.toNanos());
    loop.execute(() -> accept(send));
    return send;
  }

  private void accept(Send send) {
    if (wire == null || !isConnected()) {
      send.fail(Reason.NOT_CONNECTED, "was not sent: there is no connection", null);
      return;
    }
    unanswered.add(send);
    watch();
    linkTo(wire, send.attributes().address()).send(send);
  }

  boolean isConnected() {
    return wire != null && !wire.hasEnded();
  }

  private SenderLink linkTo(Wire on, String address) {
    var name = kind == BrokerKind.RABBITMQ ? ANONYMOUS : address;
    var link = links.get(name);
    if (link == null) {
      link = newLink(on, name);
      links.put(name, link);
      link.attach();
    }
    return link;
  }

  private SenderLink newLink(Wire on, String name) {
    if (session == null || session.getLocalState() == EndpointState.CLOSED) {
      session = on.session();
    }
    var target = new Target();
    if (kind == BrokerKind.ARTEMIS) {
      target.setAddress(kind.addressOf(name));
      target.setCapabilities(kind.capabilities());
    }
    var sender = session.sender(on.linkName(name));
    sender.setSource(new Source());
    sender.setTarget(target);
    sender.setSenderSettleMode(SenderSettleMode.UNSETTLED);
    sender.setReceiverSettleMode(ReceiverSettleMode.FIRST);
    return new SenderLink(this, kind, sender, writer);
  }

  void connected(Wire opened) {
    wire = opened;
  }

  void lost() {
    wire = null;
    session = null;
    links.clear();
  }

  /** A link is gone: what was written to it will not be answered any more. */
  void gone(SenderLink link, Throwable cause) {
    links.values().remove(link);
    // A copy: who hears of a failure may send again at once.
    for (var send : List.copyOf(unanswered)) {
      if (send.wasSentOn(link)) {
        send.fail(Reason.LOST, "may be lost: " + cause.getMessage(), cause);
      }
    }
    answered();
  }

  void answered() {
    while (!unanswered.isEmpty() && unanswered.element().isDone()) {
      unanswered.remove();
    }
  }

  /** All wait equally long, so the oldest is always the next to expire: one timer does for all. */
  private void watch() {
    var oldest = unanswered.peek();
    if (watching || oldest == null) {
      return;
    }
    watching = true;
    loop.after(
        Duration.ofNanos(oldest.remaining(System.nanoTime())),
        () -> {
          watching = false;
          expire();
          watch();
        });
  }

  private void expire() {
    long now = System.nanoTime();
    while (!unanswered.isEmpty()
        && (unanswered.element().isDone() || unanswered.element().remaining(now) <= 0)) {
      // Does nothing to one that has been answered.
      unanswered.remove().expire();
    }
  }
}
