package dev.stint.local.engine;

import io.vertx.core.Vertx;
import io.vertx.proton.ProtonClient;
import io.vertx.proton.ProtonConnection;
import io.vertx.proton.ProtonReceiver;
import io.vertx.proton.ProtonSender;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.qpid.proton.Proton;
import org.apache.qpid.proton.amqp.messaging.Accepted;
import org.apache.qpid.proton.amqp.messaging.AmqpValue;
import org.apache.qpid.proton.amqp.messaging.Rejected;
import org.apache.qpid.proton.amqp.transport.DeliveryState;
import org.apache.qpid.proton.message.Message;

/** A client that sends and takes one message at a time. */
final class Amqp implements AutoCloseable {
  private final Vertx vertx = Vertx.vertx();
  private final ProtonConnection connection;

  Amqp(int port) throws Exception {
    var opened = new CompletableFuture<ProtonConnection>();
    vertx.runOnContext(_ ->
        ProtonClient.create(vertx)
            .connect(
                "127.0.0.1",
                port,
                result -> {
                  if (result.succeeded()) {
                    result.result().openHandler(_ -> opened.complete(result.result())).open();
                  } else {
                    opened.completeExceptionally(result.cause());
                  }
                }));
    connection = opened.get(20, TimeUnit.SECONDS);
  }

  /** Sends a durable message; returns when the broker has confirmed it. */
  void send(String address, String text) throws Exception {
    var confirmed = new CompletableFuture<DeliveryState>();
    vertx.runOnContext(_ -> {
      ProtonSender sender = connection.createSender(address);
      Message message = Proton.message();
      message.setDurable(true);
      message.setBody(new AmqpValue(text));
      sender.openHandler(
          _ -> sender.send(message, done -> confirmed.complete(done.getRemoteState())));
      sender.open();
    });
    DeliveryState state = confirmed.get(20, TimeUnit.SECONDS);
    if (!(state instanceof Accepted)) {
      throw new IllegalStateException("not accepted: " + state);
    }
  }

  /** Takes the next message and accepts it. */
  String take(String address) throws Exception {
    return next(address, Accepted.getInstance());
  }

  /** Takes the next message and rejects it. */
  void reject(String address) throws Exception {
    next(address, new Rejected());
  }

  @Override
  public void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  private String next(String address, DeliveryState answer) throws Exception {
    var taken = new CompletableFuture<String>();
    vertx.runOnContext(_ -> {
      ProtonReceiver receiver = connection.createReceiver(address);
      receiver.setPrefetch(0).setAutoAccept(false);
      receiver.handler((delivery, message) -> {
        delivery.disposition(answer, true);
        taken.complete((String) ((AmqpValue) message.getBody()).getValue());
      });
      receiver.open();
      receiver.flow(1);
    });
    return taken.get(20, TimeUnit.SECONDS);
  }
}
