package dev.stint.redis;

import dev.stint.job.Claim;
import dev.stint.job.FailedAttempt;
import dev.stint.job.FailureKind;
import dev.stint.job.Held;
import dev.stint.job.IdempotencyKey;
import dev.stint.job.JobId;
import dev.stint.job.JobRepository;
import dev.stint.job.JobSpec;
import dev.stint.job.Moved;
import dev.stint.job.Publication;
import dev.stint.job.Requeued;
import dev.stint.job.Rescued;
import dev.stint.job.Retention;
import dev.stint.job.Sighting;
import dev.stint.job.StateName;
import dev.stint.job.Submission;
import dev.stint.json.Json;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.ResponseType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The moves, each one script; what they do and when they refuse stands there. */
final class RedisJobs implements JobRepository {
  private static final Duration KEY_WINDOW = Duration.ofHours(24);
  private static final String NONE = "";
  private static final long FIRST_TICKET = 1;

  private final Calls calls;
  private final AllPartitions partitions;
  private final Retention retention;

  RedisJobs(Calls calls, AllPartitions partitions, Retention retention) {
    this.calls = calls;
    this.partitions = partitions;
    this.retention = retention;
  }

  @Override
  public Submission submit(JobSpec spec, @Nullable IdempotencyKey key) {
    var request =
        record(Script.SUBMIT, spec)
            .arg(spec.createdAt().toEpochMilli())
            .arg(due(spec))
            .arg(key == null ? NONE : Digest.sha256(key.key()))
            .arg(key == null ? NONE : key.fingerprint())
            .arg(KEY_WINDOW.toMillis());
    var answer =
        Objects.requireNonNull(calls.callDurably(spec.id(), request), "submit always answers");
    if (answer.type() == ResponseType.MULTI) {
      var first = new JobId(answer.get(1).toString());
      return answer.get(0).toString().equals("duplicate")
          ? new Submission.Duplicate(first)
          : new Submission.KeyReused(first);
    }
    return StateName.parse(answer.toString()) == StateName.SCHEDULED
        ? new Submission.Scheduled(spec.id())
        : new Submission.Queued(new Publication(spec, FIRST_TICKET));
  }

  @Override
  public List<Publication> promote(Instant now, int most) {
    return partitions.publications(
        most,
        Keys::due,
        now,
        (partition, left) -> Script.PROMOTE.in(partition).arg(now.toEpochMilli()).arg(left));
  }

  @Override
  public Claim claim(JobId id, long ticket, String worker, Instant now) {
    var answer =
        call(
            id,
            on(Script.CLAIM, id)
                .arg(ticket)
                .arg(worker)
                .arg(now.toEpochMilli())
                .arg(expiry(retention.cancelled(), now)));
    if (answer == null) {
      return new Claim.Missing();
    }
    if (answer.type() != ResponseType.MULTI) {
      return new Claim.Stale(Answers.stale(answer));
    }
    var held = new Held(id, (int) Answers.number(answer.get(0)), Answers.number(answer.get(1)));
    return answer.size() == 2 ? new Claim.Claimed(held) : new Claim.Exhausted(held);
  }

  @Override
  public Moved restore(Publication publication, Instant now) {
    var spec = publication.spec();
    return move(
        spec.id(), record(Script.RESTORE, spec).arg(publication.ticket()).arg(now.toEpochMilli()));
  }

  @Override
  public Moved complete(Held held, @Nullable String result, Instant now) {
    var request = by(Script.COMPLETE, held, now).arg(expiry(retention.succeeded(), now));
    return move(held.id(), result == null ? request : request.arg(result));
  }

  @Override
  public Moved retryLater(Held held, FailedAttempt failed, Instant dueAt, Instant now) {
    return move(
        held.id(),
        by(Script.RETRY_LATER, held, now)
            .arg(Json.writeBytes(failed.failure()))
            .arg(dueAt.toEpochMilli())
            .arg(expiry(retention.cancelled(), now))
            .arg(Json.writeBytes(failed.log())));
  }

  @Override
  public Moved giveUp(Held held, FailedAttempt failed, Instant now) {
    var request =
        by(Script.GIVE_UP, held, now)
            .arg(Json.writeBytes(failed.failure()))
            .arg(expiry(retention.failed(), now));
    boolean lost = failed.failure().kind() == FailureKind.LOST;
    return move(held.id(), lost ? request : request.arg(Json.writeBytes(failed.log())));
  }

  @Override
  public Moved giveBack(Held held, Instant now) {
    return move(held.id(), by(Script.GIVE_BACK, held, now).arg(expiry(retention.cancelled(), now)));
  }

  @Override
  public Moved cancel(JobId id, @Nullable Held held, Instant now) {
    return move(
        id,
        on(Script.CANCEL, id)
            .arg(held == null ? NONE : String.valueOf(held.token()))
            .arg(now.toEpochMilli())
            .arg(expiry(retention.cancelled(), now)));
  }

  @Override
  public Requeued requeue(JobId id, @Nullable String key, Instant now) {
    var request =
        on(Script.REQUEUE, id).arg(now.toEpochMilli()).arg(key == null ? NONE : Digest.sha256(key));
    var answer = calls.callDurably(id, request);
    if (answer == null) {
      return new Requeued.Missing();
    }
    if (answer.type() == ResponseType.MULTI) {
      return new Requeued.Queued(Answers.publications(answer).getFirst());
    }
    return answer.toString().equals("repeated")
        ? new Requeued.Repeated()
        : new Requeued.Stale(Answers.stale(answer));
  }

  @Override
  public Rescued rescue(Sighting seen, Instant now) {
    var request = on(Script.RESCUE, seen.id());
    switch (seen) {
      case Sighting.Queued queued -> request.arg(StateName.QUEUED.wire()).arg(queued.ticket());
      case Sighting.Running running -> request.arg(StateName.RUNNING.wire()).arg(running.token());
    }
    return Answers.rescued(
        call(
            seen.id(),
            request
                .arg(now.toEpochMilli())
                .arg(expiry(retention.failed(), now))
                .arg(expiry(retention.cancelled(), now))));
  }

  private static Request on(Script script, JobId id) {
    return script.in(Keys.partition(id)).arg(id.value());
  }

  private static Request by(Script script, Held held, Instant now) {
    return on(script, held.id()).arg(held.token()).arg(now.toEpochMilli());
  }

  private static Request record(Script script, JobSpec spec) {
    return on(script, spec.id())
        .arg(Keys.lane(spec.queue(), spec.task()))
        .arg(Json.writeBytes(spec))
        .arg(spec.retry().mostAttemptsIfLost());
  }

  private static String due(JobSpec spec) {
    var due = spec.dueAt();
    return due == null || !due.isAfter(spec.createdAt())
        ? NONE
        : String.valueOf(due.toEpochMilli());
  }

  private static long expiry(Duration kept, Instant now) {
    return now.plus(kept).toEpochMilli();
  }

  private @Nullable Response call(JobId id, Request request) {
    return calls.call(id, request);
  }

  private Moved move(JobId id, Request request) {
    return Answers.moved(call(id, request));
  }
}
