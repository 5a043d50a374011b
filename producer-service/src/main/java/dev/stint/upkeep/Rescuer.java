package dev.stint.upkeep;

import dev.stint.job.JobRepository;
import dev.stint.job.Rescued;
import dev.stint.job.Sighting;
import dev.stint.job.StateName;
import dev.stint.submit.Announcer;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;
import org.jboss.logging.Logger;

/** Rescues jobs that were found lost, counts them and says so. */
@Singleton
final class Rescuer {
  private static final Logger LOG = Logger.getLogger(Rescuer.class);

  private final JobRepository jobs;
  private final Announcer announcer;
  private final InstantSource clock;
  private final Counter queued;
  private final Counter running;

  Rescuer(JobRepository jobs, Announcer announcer, MeterRegistry meters, InstantSource clock) {
    this.jobs = jobs;
    this.announcer = announcer;
    this.clock = clock;
    this.queued = counter(meters, StateName.QUEUED);
    this.running = counter(meters, StateName.RUNNING);
  }

  private static Counter counter(MeterRegistry meters, StateName from) {
    return meters.counter("stint.rescued", "from", from.wire());
  }

  /** Queues anew those whose message is lost; says how many were still so. */
  int publishAgain(List<Sighting.Queued> lost) {
    int rescued = rescue(lost, queued);
    if (rescued > 0) {
      LOG.warnf("broker lost messages, jobs are published again count=%d", rescued);
    }
    return rescued;
  }

  /** Queues anew, or ends, those that nobody runs; says how many were still so. */
  int takeBack(List<Sighting.Running> lost) {
    int rescued = rescue(lost, running);
    if (rescued > 0) {
      LOG.warnf("running jobs had no worker any more, they are rescued count=%d", rescued);
    }
    return rescued;
  }

  private int rescue(List<? extends Sighting> lost, Counter counter) {
    int rescued = 0;
    for (var seen : lost) {
      if (isRescued(seen)) {
        counter.increment();
        rescued++;
      }
    }
    return rescued;
  }

  private boolean isRescued(Sighting seen) {
    return switch (jobs.rescue(seen, clock.instant())) {
      case Rescued.Queued(var publication) -> {
        announcer.announce(publication);
        yield true;
      }
      case Rescued.Ended _ -> true;
      case Rescued.Stale _, Rescued.Missing _ -> false;
    };
  }
}
