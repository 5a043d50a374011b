package dev.stint.upkeep;

import dev.stint.job.JobRepository;
import dev.stint.job.Publication;
import dev.stint.submit.Announcer;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;

/** Queues scheduled and retrying jobs whose time has come. */
@Singleton
public final class DuePromoter {
  private static final int BATCH = 500;

  private final JobRepository jobs;
  private final Announcer announcer;
  private final InstantSource clock;

  public DuePromoter(JobRepository jobs, Announcer announcer, InstantSource clock) {
    this.jobs = jobs;
    this.announcer = announcer;
    this.clock = clock;
  }

  /** Promotes all that is due; says how many. */
  public int runOnce() {
    int promoted = 0;
    List<Publication> batch;
    do {
      batch = jobs.promote(clock.instant(), BATCH);
      batch.forEach(announcer::announce);
      promoted += batch.size();
    } while (batch.size() == BATCH);
    return promoted;
  }
}
