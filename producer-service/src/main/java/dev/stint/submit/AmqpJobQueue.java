package dev.stint.submit;

import dev.stint.amqp.AmqpConnection;
import dev.stint.amqp.CloudEventAttributes;
import dev.stint.amqp.OutgoingAmqp;
import dev.stint.job.JobQueue;
import dev.stint.job.JobSpec;
import dev.stint.job.Publication;
import dev.stint.json.JobMessage;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;

/**
 * Lanes on an AMQP 1.0 broker: each job is one durable CloudEvent in binary mode. Safe for many
 * threads.
 */
@Singleton
final class AmqpJobQueue implements JobQueue {
  /** What may wait for its confirmation; beyond it the outbox has to do. In units of 1 KiB. */
  private static final int ROOM = 64 * 1024;

  private static final String SOURCE = "urn:stint:producer";

  private final AmqpConnection connection;
  private final Semaphore room = new Semaphore(ROOM);

  AmqpJobQueue(AmqpConnection connection) {
    this.connection = connection;
  }

  @Override
  public CompletionStage<Void> publish(Publication publication) {
    byte[] data = JobMessage.data(publication);
    int weight = 1 + data.length / 1024;
    if (!room.tryAcquire(weight)) {
      return CompletableFuture.failedStage(
          new IllegalStateException("the broker is slower than the jobs come in"));
    }
    return connection
        .sender()
        .send(message(publication), data)
        .whenComplete((_, _) -> room.release(weight));
  }

  @Override
  public boolean isReady() {
    return connection.isConnected();
  }

  private static OutgoingAmqp message(Publication publication) {
    JobSpec spec = publication.spec();
    var event =
        new CloudEventAttributes(
            JobMessage.id(publication),
            SOURCE,
            JobMessage.TYPE,
            spec.id().value(),
            spec.createdAt(),
            JobMessage.CONTENT_TYPE,
            null,
            JobMessage.extensions(publication));
    return OutgoingAmqp.to(spec.lane().address())
        .withPriority(spec.priority())
        .withCloudEvent(event);
  }
}
