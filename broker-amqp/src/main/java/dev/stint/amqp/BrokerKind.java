package dev.stint.amqp;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.apache.qpid.proton.amqp.Symbol;
import org.jspecify.annotations.Nullable;

/** Which broker it is: AMQP 1.0 leaves the form of addresses, and the making of queues, to it. */
public enum BrokerKind {
  /**
   * ActiveMQ Artemis: an address is the queue's name, and attaching to it with the capability
   * {@code queue} makes the anycast queue where the broker's address settings allow it.
   */
  ARTEMIS,
  /**
   * RabbitMQ 4: an address is {@code /queues/} and the name, percent-encoded (address format v2),
   * and queues are declared through the management node.
   */
  RABBITMQ;

  /** What this broker calls that queue. */
  String addressOf(String queue) {
    return switch (this) {
      case ARTEMIS -> queue;
      case RABBITMQ -> "/queues/" + percentEncoded(queue);
    };
  }

  /** What this broker wants to be told of a link's end, so that it means a queue. */
  Symbol @Nullable [] capabilities() {
    return switch (this) {
      case ARTEMIS -> new Symbol[] {Symbol.valueOf("queue")};
      case RABBITMQ -> null;
    };
  }

  static String percentEncoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
