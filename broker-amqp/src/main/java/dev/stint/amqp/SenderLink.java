package dev.stint.amqp;

import dev.stint.amqp.SendFailedException.Reason;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import org.apache.qpid.proton.amqp.messaging.Accepted;
import org.apache.qpid.proton.amqp.messaging.Modified;
import org.apache.qpid.proton.amqp.messaging.Received;
import org.apache.qpid.proton.amqp.messaging.Rejected;
import org.apache.qpid.proton.amqp.messaging.Released;
import org.apache.qpid.proton.amqp.transport.DeliveryState;
import org.apache.qpid.proton.amqp.transport.ErrorCondition;
import org.apache.qpid.proton.engine.Delivery;
import org.apache.qpid.proton.engine.Sender;
import org.jspecify.annotations.Nullable;

/**
 * A link that messages are sent on: to one address (Artemis), or to all of them (RabbitMQ's
 * anonymous terminus, where every message names its address and one that leads nowhere is released
 * without harm to the others). For the event loop only.
 */
final class SenderLink implements LinkEvents {
  private final ConfirmedSender owner;
  private final BrokerKind kind;
  private final Sender sender;
  private final OutgoingMessage writer;
  private final ArrayDeque<Send> waiting = new ArrayDeque<>();
  private boolean open;
  private int tag;

  SenderLink(ConfirmedSender owner, BrokerKind kind, Sender sender, OutgoingMessage writer) {
    this.owner = owner;
    this.kind = kind;
    this.sender = sender;
    this.writer = writer;
  }

  void attach() {
    sender.setContext(this);
    sender.open();
  }

  void send(Send send) {
    waiting.add(send);
    pump();
  }

  @Override
  public void opened() {
    open = true;
    pump();
  }

  @Override
  public void flow() {
    // The other side's word on credit; a drain is answered by having nothing to send.
    pump();
    if (sender.getDrain()) {
      sender.drained();
    }
  }

  private void pump() {
    while (open && sender.getCredit() > 0 && !waiting.isEmpty()) {
      var send = waiting.remove();
      if (!send.isDone()) {
        write(send);
      }
    }
  }

  private void write(Send send) {
    var bytes = encoded(send);
    if (bytes == null) {
      return;
    }
    var delivery = sender.delivery(nextTag());
    delivery.setContext(send);
    sender.send(bytes.array(), 0, bytes.remaining());
    sender.advance();
    send.sentOn(this);
  }

  private @Nullable ByteBuffer encoded(Send send) {
    var to = kind == BrokerKind.RABBITMQ ? kind.addressOf(send.attributes().address()) : null;
    try {
      return writer.encoded(send.attributes(), send.payload(), to);
    } catch (IllegalArgumentException e) {
      send.fail(Reason.REJECTED, "has a property that AMQP has no type for", e);
      return null;
    }
  }

  private byte[] nextTag() {
    int number = tag++;
    return new byte[] {
      (byte) (number >>> 24), (byte) (number >>> 16), (byte) (number >>> 8), (byte) number
    };
  }

  @Override
  public void delivery(Delivery delivery) {
    var state = delivery.getRemoteState();
    boolean isFinal = state != null && !(state instanceof Received);
    if (!isFinal && !delivery.remotelySettled()) {
      return;
    }
    if (delivery.getContext() instanceof Send send) {
      delivery.setContext(null);
      answer(send, state);
    }
    delivery.settle();
    owner.answered();
  }

  private void answer(Send send, @Nullable DeliveryState state) {
    switch (state) {
      case Accepted _ -> send.complete(null);
      case Rejected rejected ->
          send.fail(Reason.REJECTED, "was rejected" + why(rejected.getError()), null);
      case Released _ when kind == BrokerKind.RABBITMQ ->
          send.fail(Reason.UNROUTABLE, "leads to no queue", null);
      case Released _ -> send.fail(Reason.RETURNED, "was released by the broker", null);
      case Modified _ -> send.fail(Reason.RETURNED, "was given back by the broker", null);
      case null, default -> send.fail(Reason.UNCONFIRMED, "was settled without an outcome", null);
    }
  }

  private static String why(@Nullable ErrorCondition error) {
    return error == null ? "" : ": " + Wire.problem(error, "").getMessage();
  }

  @Override
  public void gone(Throwable cause) {
    boolean refused = !open && owner.isConnected();
    open = false;
    owner.gone(this, cause);
    // What was never written: if the link was refused, that is the address's fault.
    var reason = refused ? refusal(cause) : Reason.NOT_CONNECTED;
    while (!waiting.isEmpty()) {
      waiting.remove().fail(reason, "was not sent: " + cause.getMessage(), cause);
    }
  }

  private static Reason refusal(Throwable cause) {
    return cause instanceof AmqpException refusal && refusal.isNotFound()
        ? Reason.UNROUTABLE
        : Reason.REJECTED;
  }
}
