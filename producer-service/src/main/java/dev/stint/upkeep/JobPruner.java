package dev.stint.upkeep;

import dev.stint.job.JobPruning;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/** Removes ended jobs whose retention is over. */
@Singleton
public final class JobPruner {
  private static final int BATCH = 500;

  private final JobPruning pruning;
  private final InstantSource clock;

  public JobPruner(JobPruning pruning, InstantSource clock) {
    this.pruning = pruning;
    this.clock = clock;
  }

  /** Removes all there is to remove; says how many. */
  public int runOnce() {
    int pruned = 0;
    int batch;
    do {
      batch = pruning.prune(clock.instant(), BATCH);
      pruned += batch;
    } while (batch == BATCH);
    return pruned;
  }
}
