package dev.stint.submit;

import dev.stint.job.JobFilter;
import dev.stint.job.JobId;
import dev.stint.job.JobQueries;
import dev.stint.job.JobRepository;
import dev.stint.job.Moved;
import dev.stint.job.Requeued;
import dev.stint.job.StateName;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/**
 * Moves many jobs, each by the move that there is for one. So none is treated otherwise than if it
 * had been asked for by itself, and one that moves meanwhile is left where it went. What has been
 * done stays done if Redis goes away midway. Safe for many threads, which block.
 */
@Singleton
final class BulkMover {
  /** Where requeue looks. */
  static final List<StateName> ENDED =
      List.of(StateName.FAILED, StateName.CANCELLED, StateName.SUCCEEDED);

  /** Where it looks if it is not told: who wants results dropped has to say so. */
  private static final List<StateName> NOT_DONE = List.of(StateName.FAILED, StateName.CANCELLED);

  /** Where cancel looks: in the order in which jobs go, so that few slip by. */
  static final List<StateName> LIVE =
      List.of(StateName.SCHEDULED, StateName.RETRYING, StateName.QUEUED, StateName.RUNNING);

  /** Moves made at once: they share round trips. */
  private static final int PAGE = 256;

  private final JobRepository jobs;
  private final JobQueries queries;
  private final Announcer announcer;
  private final InstantSource clock;

  BulkMover(JobRepository jobs, JobQueries queries, Announcer announcer, InstantSource clock) {
    this.jobs = jobs;
    this.queries = queries;
    this.announcer = announcer;
    this.clock = clock;
  }

  /** What became of one job. */
  enum Fate {
    MOVED,
    ASKED,
    SKIPPED
  }

  /**
   * What became of them all.
   *
   * @param more whether there are others to look at
   */
  record Summary(int moved, int asked, int skipped, boolean more) {
    private Summary plus(List<Fate> fates) {
      int[] counts = new int[Fate.values().length];
      fates.forEach(fate -> counts[fate.ordinal()]++);
      return new Summary(
          moved + counts[Fate.MOVED.ordinal()],
          asked + counts[Fate.ASKED.ordinal()],
          skipped + counts[Fate.SKIPPED.ordinal()],
          false);
    }

    private int all() {
      return moved + asked + skipped;
    }

    private Summary withMore(boolean isMore) {
      return new Summary(moved, asked, skipped, isMore);
    }
  }

  /** Runs ended jobs again. */
  Summary requeue(BulkRequest request) {
    return move(request.filters(NOT_DONE), request.limit(), this::requeue);
  }

  /** Cancels jobs that have not ended; the workers of those that run are asked. */
  Summary cancel(BulkRequest request) {
    return move(request.filters(LIVE), request.limit(), this::cancel);
  }

  private Fate requeue(JobId id) {
    return switch (jobs.requeue(id, clock.instant())) {
      case Requeued.Queued(var publication) -> {
        // Not awaited: what the broker does not take now stays in the outbox.
        announcer.announce(publication);
        yield Fate.MOVED;
      }
      case Requeued.Repeated _, Requeued.Stale _, Requeued.Missing _ -> Fate.SKIPPED;
    };
  }

  private Fate cancel(JobId id) {
    return switch (jobs.cancel(id, null, clock.instant())) {
      case Moved.Applied(var state) -> state == StateName.CANCELLED ? Fate.MOVED : Fate.ASKED;
      case Moved.Stale _, Moved.Missing _ -> Fate.SKIPPED;
    };
  }

  private Summary move(List<JobFilter> filters, int limit, Function<JobId, Fate> move) {
    var summary = new Summary(0, 0, 0, false);
    for (JobFilter filter : filters) {
      JobId last = null;
      List<JobId> page;
      do {
        int room = Math.min(PAGE, limit - summary.all());
        page = queries.ids(filter, room + 1, last);
        boolean isMore = page.size() > room;
        page = isMore ? page.subList(0, room) : page;
        summary = summary.plus(fates(page, move));
        if (isMore && summary.all() == limit) {
          return summary.withMore(true);
        }
        last = page.isEmpty() ? null : page.getLast();
      } while (last != null);
    }
    return summary;
  }

  /** All of a page at once; the failure of one is thrown when all have ended. */
  private static List<Fate> fates(List<JobId> ids, Function<JobId, Fate> move) {
    var fates = new ArrayList<Fate>(ids.size());
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Fate>> moves =
          ids.stream().map(id -> threads.submit(() -> move.apply(id))).toList();
      for (Future<Fate> each : moves) {
        fates.add(each.get());
      }
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
    return fates;
  }
}
