package dev.stint.redis.moves;

import dev.stint.job.Claim;
import dev.stint.job.FailedAttempt;
import dev.stint.job.Held;
import dev.stint.job.IdempotencyKey;
import dev.stint.job.JobId;
import dev.stint.job.JobRepository;
import dev.stint.job.JobSpec;
import dev.stint.job.Moved;
import dev.stint.job.Publication;
import dev.stint.job.Requeued;
import dev.stint.job.Rescued;
import dev.stint.job.Sighting;
import dev.stint.job.Submission;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What the moves should answer and do, told by docs/job-states.md and the contracts of the
 * interfaces, without a look at the scripts. It is what a store is compared with, not a store: one
 * thread, nothing kept. The jobs are in {@link Shelf}.
 */
final class Model implements JobRepository {
  private final Shelf shelf;

  Model(Shelf shelf) {
    this.shelf = shelf;
  }

  @Override
  public Submission submit(JobSpec spec, @Nullable IdempotencyKey key) {
    var first = key == null ? null : shelf.keys().get(key.key());
    if (first != null) {
      return first.fingerprint().equals(key.fingerprint())
          ? new Submission.Duplicate(first.id())
          : new Submission.KeyReused(first.id());
    }
    if (shelf.find(spec.id()) != null) {
      return new Submission.Duplicate(spec.id());
    }
    if (key != null) {
      shelf.keys().put(key.key(), new Shelf.Use(spec.id(), key.fingerprint()));
    }
    var job = Lifetime.submitted(spec);
    shelf.put(job, spec.createdAt());
    return job.isWaiting()
        ? new Submission.Scheduled(spec.id())
        : new Submission.Queued(shelf.publish(job, spec.createdAt()));
  }

  @Override
  public List<Publication> promote(Instant now, int most) {
    var promoted = new ArrayList<Publication>();
    for (JobId id : shelf.due(now, most)) {
      promoted.add(publish(shelf.get(id).queued(), now));
    }
    return promoted;
  }

  @Override
  public Claim claim(JobId id, long ticket, String worker, Instant now) {
    var job = shelf.find(id);
    if (job == null) {
      return new Claim.Missing();
    }
    if (!job.isFreeFor(ticket)) {
      return new Claim.Stale(job.state().name());
    }
    if (job.traces().asked()) {
      var cancelled = job.fenced().cancelled(now);
      shelf.put(cancelled, now);
      return new Claim.Stale(cancelled.state().name());
    }
    boolean spent = job.isSpent();
    var next = spent ? job.fenced() : job.claimed(ticket, worker, now);
    shelf.put(next, now);
    var held = new Held(id, next.attempts().size(), next.token());
    return spent ? new Claim.Exhausted(held) : new Claim.Claimed(held);
  }

  @Override
  public Moved restore(Publication publication, Instant now) {
    var spec = publication.spec();
    var job = shelf.find(spec.id());
    if (job != null) {
      return new Moved.Stale(job.state().name());
    }
    return applied(Lifetime.restored(spec, publication.ticket(), now), now);
  }

  @Override
  public Moved complete(Held held, @Nullable String result, Instant now) {
    return byHolder(held, now, job -> job.succeeded(result, now));
  }

  @Override
  public Moved retryLater(Held held, FailedAttempt failed, Instant dueAt, Instant now) {
    return byHolder(held, now, job -> job.retrying(failed, dueAt, now));
  }

  @Override
  public Moved giveUp(Held held, FailedAttempt failed, Instant now) {
    return byHolder(held, now, job -> job.failed(failed, now));
  }

  @Override
  public Moved giveBack(Held held, Instant now) {
    return byHolder(held, now, job -> job.givenBack(now));
  }

  @Override
  public Moved cancel(JobId id, @Nullable Held held, Instant now) {
    if (held != null) {
      return byHolder(held, now, job -> job.cancelled(now));
    }
    var job = shelf.find(id);
    if (job == null) {
      return new Moved.Missing();
    }
    return switch (job.state().name()) {
      case RUNNING -> applied(job.asked(), now);
      case SCHEDULED, QUEUED, RETRYING -> applied(job.cancelled(now), now);
      case SUCCEEDED, FAILED, CANCELLED -> new Moved.Stale(job.state().name());
    };
  }

  @Override
  public Requeued requeue(JobId id, @Nullable String key, Instant now) {
    var job = shelf.find(id);
    if (job == null) {
      return new Requeued.Missing();
    }
    return job.state().name().isFinal()
        ? new Requeued.Queued(publish(job.requeued(), now))
        : new Requeued.Stale(job.state().name());
  }

  @Override
  public Rescued rescue(Sighting seen, Instant now) {
    var job = shelf.find(seen.id());
    if (job == null) {
      return new Rescued.Missing();
    }
    boolean stillThere =
        switch (seen) {
          case Sighting.Queued(var id, _, var ticket) ->
              job.isQueuedWith(ticket) && !shelf.isToBePublished(id, ticket);
          case Sighting.Running(var id, _, var token) -> job.isHeldWith(new Held(id, 1, token));
        };
    if (!stillThere) {
      return new Rescued.Stale(job.state().name());
    }
    var rescued = job.rescued(now);
    if (rescued.state().name().isFinal()) {
      shelf.put(rescued, now);
      return new Rescued.Ended(rescued.state().name());
    }
    return new Rescued.Queued(publish(rescued, now));
  }

  private Moved byHolder(Held held, Instant now, UnaryOperator<Lifetime> move) {
    var job = shelf.find(held.id());
    if (job == null) {
      return new Moved.Missing();
    }
    return job.isHeldWith(held)
        ? applied(move.apply(job), now)
        : new Moved.Stale(job.state().name());
  }

  private Moved applied(Lifetime job, Instant now) {
    shelf.put(job, now);
    return new Moved.Applied(job.state().name());
  }

  private Publication publish(Lifetime job, Instant now) {
    shelf.put(job, now);
    return shelf.publish(job, now);
  }
}
