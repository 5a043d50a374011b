package dev.stint.amqp;

import java.util.concurrent.CompletableFuture;

/** Makes one queue on a connection, in the broker's own way. For the event loop only. */
interface Declarer {
  /**
   * Completes on the event loop; fails with the broker's refusal or when the connection is lost.
   */
  CompletableFuture<Void> declare(Wire wire, String queue);

  static Declarer of(BrokerKind kind) {
    return switch (kind) {
      case ARTEMIS -> new ArtemisQueues();
      case RABBITMQ -> new RabbitQueues();
    };
  }
}
