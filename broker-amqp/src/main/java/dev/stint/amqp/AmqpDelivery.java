package dev.stint.amqp;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.qpid.proton.amqp.Symbol;
import org.apache.qpid.proton.amqp.messaging.Accepted;
import org.apache.qpid.proton.amqp.messaging.Modified;
import org.apache.qpid.proton.amqp.messaging.Rejected;
import org.apache.qpid.proton.amqp.messaging.Released;
import org.apache.qpid.proton.amqp.transport.DeliveryState;
import org.apache.qpid.proton.amqp.transport.ErrorCondition;
import org.apache.qpid.proton.engine.Delivery;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import org.jspecify.annotations.Nullable;

/**
 * A message that was delivered and waits to be settled. Settling is for any thread and returns at
 * once: it is written with the next turn of the loop. The first settlement counts. After the link
 * was lost settling does nothing, and is no failure: the broker has taken the message back, and
 * nobody can do anything about that here.
 */
final class AmqpDelivery implements Message<byte[]> {
  private static final CompletionStage<Void> DONE = CompletableFuture.completedStage(null);

  private final Loop loop;
  private final Delivery delivery;
  private final IncomingMessage content;
  private @Nullable Metadata metadata;

  AmqpDelivery(Loop loop, Delivery delivery, IncomingMessage content) {
    this.loop = loop;
    this.delivery = delivery;
    this.content = content;
  }

  @Override
  public byte[] getPayload() {
    return content.payload();
  }

  /** Made when it is first asked for; a race makes it twice, and both are the same. */
  @Override
  public Metadata getMetadata() {
    var known = metadata;
    if (known == null) {
      known = Metadata.of(content.attributes());
      metadata = known;
    }
    return known;
  }

  @Override
  public CompletionStage<Void> ack(Metadata ignored) {
    return settle(Accepted.getInstance());
  }

  @Override
  public CompletionStage<Void> ack() {
    return settle(Accepted.getInstance());
  }

  @Override
  public CompletionStage<Void> nack(Throwable reason) {
    return settle(Released.getInstance());
  }

  @Override
  public CompletionStage<Void> nack(Throwable reason, @Nullable Metadata how) {
    return settle(stateOf(settlementIn(how)));
  }

  @Override
  public Supplier<CompletionStage<Void>> getAck() {
    return this::ack;
  }

  @Override
  public Function<Metadata, CompletionStage<Void>> getAckWithMetadata() {
    return this::ack;
  }

  @Override
  public Function<Throwable, CompletionStage<Void>> getNack() {
    return this::nack;
  }

  @Override
  public BiFunction<Throwable, Metadata, CompletionStage<Void>> getNackWithMetadata() {
    return this::nack;
  }

  private CompletionStage<Void> settle(DeliveryState state) {
    loop.execute(() -> {
      boolean linkStands = delivery.getLink().getContext() != null;
      if (linkStands && !delivery.isSettled()) {
        delivery.disposition(state);
        delivery.settle();
      }
    });
    return DONE;
  }

  private static Settlement settlementIn(@Nullable Metadata metadata) {
    if (metadata != null) {
      for (Object item : metadata) {
        if (item instanceof Settlement settlement) {
          return settlement;
        }
      }
    }
    return Settlement.RELEASE;
  }

  private static DeliveryState stateOf(Settlement settlement) {
    return switch (settlement) {
      case Settlement.Release _ -> Released.getInstance();
      case Settlement.ModifiedFailed _ -> modified(false);
      case Settlement.ModifiedUndeliverableHere _ -> modified(true);
      case Settlement.Reject(var description) -> rejected(description);
    };
  }

  private static Modified modified(boolean undeliverableHere) {
    var modified = new Modified();
    modified.setDeliveryFailed(true);
    modified.setUndeliverableHere(undeliverableHere);
    return modified;
  }

  static Rejected rejected(String description) {
    var rejected = new Rejected();
    rejected.setError(new ErrorCondition(Symbol.valueOf("dev.stint:rejected"), description));
    return rejected;
  }
}
