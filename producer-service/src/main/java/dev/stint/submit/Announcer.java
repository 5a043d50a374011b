package dev.stint.submit;

import dev.stint.job.JobQueue;
import dev.stint.job.Outbox;
import dev.stint.job.Publication;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Puts publications on the broker and tells the outbox which ones it has confirmed. Those that fail
 * stay in the outbox, from which the relay takes them up again. Safe for many threads.
 */
@Singleton
public final class Announcer {
  private static final Logger LOG = Logger.getLogger(Announcer.class);

  private final JobQueue queue;
  private final Outbox outbox;
  private final Counter confirmed;
  private final Counter failed;
  private final AtomicBoolean failing = new AtomicBoolean();

  public Announcer(JobQueue queue, Outbox outbox, MeterRegistry meters) {
    this.queue = queue;
    this.outbox = outbox;
    this.confirmed = meters.counter("stint.publish.confirmed");
    this.failed = meters.counter("stint.publish.failed");
  }

  /**
   * Starts a publication and returns at once.
   *
   * @return completes when its fate is known; never fails
   */
  public CompletionStage<Void> announce(Publication publication) {
    if (!queue.isReady()) {
      return CompletableFuture.completedStage(null);
    }
    return queue
        .publish(publication)
        .handle((_, failure) -> {
          note(publication, failure);
          return null;
        });
  }

  private void note(Publication publication, @Nullable Throwable failure) {
    if (failure == null) {
      confirmed.increment();
      outbox.confirmed(publication);
      if (failing.compareAndSet(true, false)) {
        LOG.info("publishing works again");
      }
      return;
    }
    failed.increment();
    if (failing.compareAndSet(false, true)) {
      LOG.warnf(
          "publishing fails, jobs wait in the outbox lane=%s cause=%s",
          publication.spec().lane(), failure.getMessage());
    }
  }
}
