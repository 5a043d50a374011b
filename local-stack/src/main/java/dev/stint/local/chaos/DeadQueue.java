package dev.stint.local.chaos;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.qpid.proton.Proton;
import org.apache.qpid.proton.amqp.messaging.Accepted;
import org.apache.qpid.proton.amqp.messaging.AmqpValue;
import org.apache.qpid.proton.amqp.messaging.Source;
import org.apache.qpid.proton.amqp.messaging.Target;
import org.apache.qpid.proton.engine.Delivery;
import org.apache.qpid.proton.engine.Receiver;

/**
 * The broker's dead-letter queue. What is in it is taken, and remembered here: a later look finds
 * what has come since. For one thread.
 */
final class DeadQueue {
  private static final String NAME = "stint.dead";
  private static final int CREDIT = 1_000;
  private static final int LENGTH = 80;

  private final List<String> texts = new ArrayList<>();

  /**
   * The texts of all messages that were ever in it; of one without a text what else it is, cut.
   *
   * @throws IOException if the broker does not answer
   */
  List<String> all(ChaosStack stack) throws IOException {
    return all(stack.broker().port(), stack.broker().address(NAME));
  }

  List<String> all(int port, String address) throws IOException {
    try (var talk = BrokerTalk.to(port)) {
      var receiver = talk.session().receiver("dead");
      var source = new Source();
      source.setAddress(address);
      receiver.setSource(source);
      receiver.setTarget(new Target());
      receiver.open();
      // All there is, and then the broker says that there is no more.
      receiver.drain(CREDIT);
      talk.until(
          receiver,
          () -> {
            take(receiver);
            return !receiver.draining();
          });
    }
    return List.copyOf(texts);
  }

  private void take(Receiver receiver) {
    for (var next = receiver.current(); next != null; next = receiver.current()) {
      if (!next.isReadable() || next.isPartial()) {
        return;
      }
      texts.add(text(receiver, next));
      next.disposition(Accepted.getInstance());
      receiver.advance();
      next.settle();
    }
  }

  private static String text(Receiver receiver, Delivery delivery) {
    var bytes = new byte[delivery.pending()];
    int length = receiver.recv(bytes, 0, bytes.length);
    var message = Proton.message();
    message.decode(bytes, 0, length);
    if (message.getBody() instanceof AmqpValue value && value.getValue() instanceof String text) {
      return text;
    }
    var other = String.valueOf(message);
    return other.substring(0, Math.min(LENGTH, other.length()));
  }
}
