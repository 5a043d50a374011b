package dev.stint.redis.moves;

import dev.stint.job.Attempt;
import dev.stint.job.FailedAttempt;
import dev.stint.job.Failure;
import dev.stint.job.FailureKind;
import dev.stint.job.Held;
import dev.stint.job.Holder;
import dev.stint.job.Job;
import dev.stint.job.JobSpec;
import dev.stint.job.JobState;
import dev.stint.job.JobState.Cancelled;
import dev.stint.job.JobState.Failed;
import dev.stint.job.JobState.Queued;
import dev.stint.job.JobState.Retrying;
import dev.stint.job.JobState.Running;
import dev.stint.job.JobState.Succeeded;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A job as docs/job-states.md has it, at one moment; each move gives the job after it. The guards
 * that need no more than the job are here, all others in {@link Model}.
 *
 * @param attempts that count, oldest first; the last one is open while the job runs
 * @param token of the last claim
 * @param ticket of the last publication
 * @param claimed ticket of the delivery that was claimed
 */
record Lifetime(
    JobSpec spec,
    JobState state,
    List<Attempt> attempts,
    long token,
    long ticket,
    long claimed,
    Traces traces) {

  /** What a run leaves beside its attempt. */
  record Traces(
      @Nullable Double progress, boolean asked, @Nullable String result, List<String> log) {
    static final Traces NONE = new Traces(null, false, null, List.of());

    /** How the attempt of a lost worker ends: nobody but the job's log knows its lines. */
    FailedAttempt lost() {
      return new FailedAttempt(
          Failure.of(FailureKind.LOST, "the worker was lost"),
          log.subList(Math.max(0, log.size() - FailedAttempt.MOST_LINES), log.size()));
    }

    Traces unasked() {
      return new Traces(progress, false, result, log);
    }
  }

  /** A new job; it has its first ticket if it is due. */
  static Lifetime submitted(JobSpec spec) {
    var due = spec.dueAt();
    return due != null && due.isAfter(spec.createdAt())
        ? new Lifetime(spec, new JobState.Scheduled(due), List.of(), 0, 0, 0, Traces.NONE)
        : new Lifetime(spec, new Queued(), List.of(), 0, 1, 0, Traces.NONE);
  }

  /** One whose record was lost. Its token starts above all that were ever given. */
  static Lifetime restored(JobSpec spec, long ticket, Instant now) {
    return new Lifetime(spec, new Queued(), List.of(), now.toEpochMilli(), ticket, 0, Traces.NONE);
  }

  Job job() {
    return new Job(spec, state, attempts.size(), attempts, traces.progress, traces.asked);
  }

  boolean isWaiting() {
    return state instanceof JobState.Scheduled || state instanceof Retrying;
  }

  boolean isQueuedWith(long last) {
    return state instanceof Queued && ticket == last;
  }

  boolean isHeldWith(Held held) {
    return state instanceof Running && token == held.token();
  }

  /** Whether a delivery may claim it: the first, or the very one it was claimed with. */
  boolean isFreeFor(long delivered) {
    return state instanceof Queued || state instanceof Running && claimed == delivered;
  }

  boolean isSpent() {
    return state instanceof Running && attempts.size() >= spec.retry().maxAttempts();
  }

  Lifetime queued() {
    return new Lifetime(spec, new Queued(), attempts, token, ticket + 1, claimed, traces);
  }

  Lifetime published() {
    return new Lifetime(spec, state, attempts, token, ticket + 1, claimed, traces);
  }

  /** A worker begins the next attempt; one that was lost has ended the one before. */
  Lifetime claimed(long delivered, String worker, Instant now) {
    var next = new ArrayList<>(attempts);
    if (state instanceof Running) {
      close(next, now, traces.lost());
    }
    next.add(new Attempt(next.size() + 1, worker, now, null, null));
    return new Lifetime(
        spec,
        new Running(new Holder(worker, now)),
        List.copyOf(next),
        token + 1,
        ticket,
        delivered,
        new Traces(null, false, traces.result, traces.log));
  }

  /** Its worker is fenced off, and nobody runs it. */
  Lifetime fenced() {
    return new Lifetime(spec, state, attempts, token + 1, ticket, claimed, traces);
  }

  Lifetime succeeded(@Nullable String result, Instant now) {
    var left = new Traces(traces.progress, false, result, traces.log);
    return ended(new Succeeded(now), now, null, left);
  }

  Lifetime failed(FailedAttempt failed, Instant now) {
    return ended(new Failed(now, failed.failure()), now, failed, traces.unasked());
  }

  Lifetime retrying(FailedAttempt failed, Instant due, Instant now) {
    return ended(
        traces.asked ? new Cancelled(now) : new Retrying(due, failed.failure()),
        now,
        failed,
        traces.unasked());
  }

  Lifetime givenBack(Instant now) {
    return traces.asked
        ? cancelled(now)
        : new Lifetime(
            spec,
            new Queued(),
            attempts.subList(0, attempts.size() - 1),
            token,
            ticket,
            claimed,
            new Traces(null, false, traces.result, traces.log));
  }

  /** If it runs, its attempt ends with it. */
  Lifetime cancelled(Instant now) {
    return ended(
        new Cancelled(now),
        now,
        FailedAttempt.of(Failure.of(FailureKind.CANCELLED, "cancelled while it ran")),
        traces.unasked());
  }

  Lifetime asked() {
    return with(new Traces(traces.progress, true, traces.result, traces.log));
  }

  /** With all its attempts again; what the last run left is gone. */
  Lifetime requeued() {
    return new Lifetime(spec, new Queued(), List.of(), token, ticket + 1, claimed, Traces.NONE);
  }

  /** Nobody runs it, or will: its next attempt is to begin, if it may have one. */
  Lifetime rescued(Instant now) {
    if (state instanceof Queued) {
      return queued();
    }
    var lost = traces.lost();
    var free = fenced();
    if (traces.asked) {
      return free.ended(new Cancelled(now), now, lost, traces.unasked());
    }
    return isSpent()
        ? free.failed(lost, now)
        : free.ended(new Queued(), now, lost, traces).published();
  }

  Lifetime at(double fraction) {
    return with(new Traces(fraction, traces.asked, traces.result, traces.log));
  }

  Lifetime logged(List<String> lines) {
    var all = new ArrayList<>(traces.log);
    all.addAll(lines);
    return with(new Traces(traces.progress, traces.asked, traces.result, List.copyOf(all)));
  }

  private Lifetime with(Traces left) {
    return new Lifetime(spec, state, attempts, token, ticket, claimed, left);
  }

  private Lifetime ended(JobState to, Instant now, @Nullable FailedAttempt failed, Traces left) {
    var all = new ArrayList<>(attempts);
    if (state instanceof Running) {
      close(all, now, failed);
    }
    return new Lifetime(spec, to, List.copyOf(all), token, ticket, claimed, left);
  }

  private static void close(List<Attempt> attempts, Instant now, @Nullable FailedAttempt failed) {
    var open = attempts.removeLast();
    attempts.add(
        new Attempt(
            open.number(),
            open.worker(),
            open.startedAt(),
            now,
            failed == null ? null : failed.failure(),
            failed == null ? List.of() : failed.log()));
  }
}
