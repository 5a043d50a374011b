package dev.stint.start;

import static java.util.Objects.requireNonNull;

import dev.stint.amqp.CreditSubscriber;
import dev.stint.amqp.CreditSubscription;
import dev.stint.amqp.IncomingAmqp;
import dev.stint.amqp.Settlement;
import dev.stint.job.Publication;
import dev.stint.json.JobMessage;
import dev.stint.lane.Lane;
import dev.stint.slot.LaneLink;
import dev.stint.work.Delivery;
import dev.stint.work.Dispatcher;
import dev.stint.work.Inspector;
import java.util.concurrent.Flow.Subscription;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Joins a lane's AMQP link and the dispatcher: credit goes out, deliveries come in. */
final class LaneSubscriber implements CreditSubscriber, LaneLink {
  private static final Logger LOG = Logger.getLogger(LaneSubscriber.class);

  private final Lane lane;
  private final Dispatcher.Listener listener;
  private final Inspector inspector;
  private @Nullable CreditSubscription link;

  /** Raised when the link is lost: deliveries of an earlier link are the broker's again. */
  private volatile int generation;

  LaneSubscriber(Lane lane, Dispatcher dispatcher, Inspector inspector) {
    this.lane = lane;
    this.listener = dispatcher.listen(lane, this);
    this.inspector = inspector;
  }

  @Override
  public void onSubscribe(Subscription subscription) {
    link = (CreditSubscription) subscription;
  }

  @Override
  public void opened() {
    listener.opened();
  }

  @Override
  public void lost(Throwable cause) {
    generation++;
    listener.lost();
  }

  @Override
  public void onNext(Message<byte[]> message) {
    listener.arrived(new AmqpDelivery(message, generation));
  }

  @Override
  public void unreadable(String why) {
    // Not here, on the event loop: noting it blocks.
    Thread.ofVirtual().name("note").start(() -> inspector.note(why, lane));
  }

  @Override
  public void onError(Throwable cause) {
    LOG.error("lane ended", cause);
  }

  @Override
  public void onComplete() {
    // The connection was closed, by this worker itself.
  }

  @Override
  public void grant(int messages) {
    requireNonNull(link, "not subscribed").request(messages);
  }

  @Override
  public void revoke() {
    if (link != null) {
      link.revoke();
    }
  }

  private final class AmqpDelivery implements Delivery {
    private final Message<byte[]> message;
    private final int bornIn;

    private AmqpDelivery(Message<byte[]> message, int bornIn) {
      this.message = message;
      this.bornIn = bornIn;
    }

    @Override
    public Publication job() {
      var event =
          message
              .getMetadata(IncomingAmqp.class)
              .map(IncomingAmqp::cloudEvent)
              .orElseThrow(() -> new IllegalArgumentException("no CloudEvent"));
      return JobMessage.read(event.type(), event.extensions(), message.getPayload());
    }

    @Override
    public byte[] body() {
      return message.getPayload();
    }

    @Override
    public void accept() {
      message.ack();
    }

    @Override
    public void release() {
      settle(Settlement.RELEASE, "released");
    }

    @Override
    public void reject(String why) {
      settle(Settlement.reject(why), why);
    }

    private void settle(Settlement settlement, String why) {
      message.nack(new IllegalStateException(why), Metadata.of(settlement));
    }

    @Override
    public boolean lost() {
      return bornIn != generation;
    }
  }
}
