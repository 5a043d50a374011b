package dev.stint.upkeep;

import dev.stint.worker.WorkerInfo;
import dev.stint.worker.WorkerRegistry;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Records workers that fell silent. For people only: their jobs come back by the broker, at once.
 */
@Singleton
public final class WorkerReaper {
  /** How long a lost worker stays in the list. */
  private static final Duration KEEP = Duration.ofHours(1);

  private static final Logger LOG = Logger.getLogger(WorkerReaper.class);

  private final WorkerRegistry workers;
  private final InstantSource clock;

  public WorkerReaper(WorkerRegistry workers, InstantSource clock) {
    this.workers = workers;
    this.clock = clock;
  }

  /** Says how many were found lost. */
  public int runOnce() {
    List<WorkerInfo> lost = workers.reap(clock.instant(), KEEP);
    for (WorkerInfo worker : lost) {
      LOG.warnf(
          "worker is lost worker=%s name=%s host=%s seen=%s running=%d",
          worker.id(), worker.name(), worker.host(), worker.seenAt(), worker.running().size());
    }
    return lost.size();
  }
}
