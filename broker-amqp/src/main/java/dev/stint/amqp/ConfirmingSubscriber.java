package dev.stint.amqp;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.Flow;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The end of an outgoing channel: sends each message and acknowledges it when the broker has
 * accepted it. At most so many are under way at once as were requested first.
 */
final class ConfirmingSubscriber implements Flow.Subscriber<Message<?>> {
  private static final Logger LOG = Logger.getLogger(ConfirmingSubscriber.class);

  private final ConfirmedSender sender;
  private final String address;
  private final int maxInflight;
  private Flow.@Nullable Subscription subscription;

  /**
   * @param address of messages that say nothing about it
   */
  ConfirmingSubscriber(ConfirmedSender sender, String address, int maxInflight) {
    this.sender = sender;
    this.address = address;
    this.maxInflight = maxInflight;
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    subscription = given;
    given.request(maxInflight);
  }

  @Override
  public void onNext(Message<?> message) {
    byte[] payload;
    try {
      payload = payloadOf(message);
    } catch (IllegalArgumentException e) {
      nack(message, e);
      return;
    }
    sender
        .send(attributesOf(message), payload)
        .whenComplete((_, failure) -> {
          if (failure == null) {
            message.ack().whenComplete((_, _) -> next());
          } else {
            nack(message, failure);
          }
        });
  }

  private void nack(Message<?> message, Throwable failure) {
    message.nack(failure).whenComplete((_, _) -> next());
  }

  private void next() {
    if (subscription != null) {
      subscription.request(1);
    }
  }

  private OutgoingAmqp attributesOf(Message<?> message) {
    return message
        .getMetadata(OutgoingAmqp.class)
        .orElseGet(() -> {
          if (address == null) {
            throw new IllegalArgumentException(
                "the message has no OutgoingAmqp metadata and the channel no address");
          }
          return OutgoingAmqp.to(address);
        });
  }

  private static byte[] payloadOf(Message<?> message) {
    return switch (message.getPayload()) {
      case byte[] bytes -> bytes;
      case String text -> text.getBytes(StandardCharsets.UTF_8);
      default -> throw new IllegalArgumentException("the payload must be byte[] or String");
    };
  }

  @Override
  public void onError(Throwable failure) {
    LOG.warnf("outgoing channel ended address=%s cause=%s", address, failure);
  }

  @Override
  public void onComplete() {
    // Those under way are confirmed all the same.
  }
}
