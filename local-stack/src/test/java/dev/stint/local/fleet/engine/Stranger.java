package dev.stint.local.fleet.engine;

import java.util.List;
import org.apache.qpid.proton.amqp.messaging.AmqpSequence;
import org.apache.qpid.proton.amqp.messaging.AmqpValue;

/** Someone who puts on the broker what is no job. */
public final class Stranger {
  private Stranger() {}

  /** Sends a text; returns when the broker has it. */
  public static void sendText(String broker, String queue, String text) throws Exception {
    try (var admin = BrokerAdmin.connect(broker)) {
      admin.send(queue, new AmqpValue(text));
    }
  }

  /** Sends a body of a kind that Stint does not read. */
  public static void sendList(String broker, String queue) throws Exception {
    try (var admin = BrokerAdmin.connect(broker)) {
      admin.send(queue, new AmqpSequence(List.of(1, 2, 3)));
    }
  }
}
