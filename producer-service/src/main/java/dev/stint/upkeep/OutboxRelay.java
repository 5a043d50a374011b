package dev.stint.upkeep;

import dev.stint.job.JobQueue;
import dev.stint.job.Outbox;
import dev.stint.job.Publication;
import dev.stint.submit.Announcer;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Publishes again what the broker has not confirmed in time. */
@Singleton
public final class OutboxRelay {
  /** A confirmation takes milliseconds; what waits longer has failed. */
  static final Duration OVERDUE = Duration.ofSeconds(2);

  private static final int BATCH = 500;

  private final Outbox outbox;
  private final JobQueue queue;
  private final Announcer announcer;
  private final InstantSource clock;

  public OutboxRelay(Outbox outbox, JobQueue queue, Announcer announcer, InstantSource clock) {
    this.outbox = outbox;
    this.queue = queue;
    this.announcer = announcer;
    this.clock = clock;
  }

  /** Publishes all that is overdue, while there is a broker; says how many. */
  public int runOnce() {
    int published = 0;
    while (queue.isReady()) {
      Instant now = clock.instant();
      List<Publication> overdue = outbox.overdue(now.minus(OVERDUE), now, BATCH);
      // Waits for each batch: a broker that comes back empty-handed is not to be flooded.
      CompletableFuture.allOf(
              overdue.stream()
                  .map(announcer::announce)
                  .map(CompletionStage::toCompletableFuture)
                  .toArray(CompletableFuture<?>[]::new))
          .join();
      published += overdue.size();
      if (overdue.size() < BATCH) {
        break;
      }
    }
    return published;
  }
}
