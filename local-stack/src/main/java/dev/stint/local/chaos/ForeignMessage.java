package dev.stint.local.chaos;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.qpid.proton.Proton;
import org.apache.qpid.proton.amqp.messaging.Accepted;
import org.apache.qpid.proton.amqp.messaging.AmqpValue;
import org.apache.qpid.proton.amqp.messaging.Target;
import org.apache.qpid.proton.engine.Delivery;
import org.apache.qpid.proton.engine.Sender;
import org.apache.qpid.proton.message.Message;

/** A message that is no job, put on a queue of the broker by someone who has no business there. */
final class ForeignMessage {
  private ForeignMessage() {}

  /**
   * Returns when the broker has answered; without a broker at once.
   *
   * @param address of the queue, as this broker has it
   * @return whether the broker has confirmed it
   */
  static boolean send(int port, String address, String text) {
    try (var talk = BrokerTalk.to(port)) {
      var sender = talk.session().sender("foreign");
      var target = new Target();
      target.setAddress(address);
      sender.setTarget(target);
      sender.open();
      var delivery = put(sender, text);
      talk.until(sender, () -> delivery.getRemoteState() != null);
      return delivery.getRemoteState() instanceof Accepted;
    } catch (IOException away) {
      return false;
    }
  }

  private static Delivery put(Sender sender, String text) {
    var delivery = sender.delivery("1".getBytes(StandardCharsets.US_ASCII));
    Message message = Proton.message();
    message.setDurable(true);
    message.setBody(new AmqpValue(text));
    var bytes = new byte[BrokerTalk.BUFFER];
    sender.send(bytes, 0, message.encode(bytes, 0, bytes.length));
    sender.advance();
    return delivery;
  }
}
