package dev.stint.job;

import java.time.Instant;

/**
 * Where a job is, with what is known only there. Each state has a method for each of its legal
 * moves, so an illegal move does not compile.
 *
 * <pre>
 * Scheduled ─promote→ Queued ─claim→ Running ─complete→ Succeeded
 *                       ↑  ↑            │ ├─giveUp→ Failed
 *                       │  ├─giveBack───┤ └─cancel→ Cancelled
 *                       │  └─rescue─────┤
 *                       └─promote─ Retrying ←retryLater
 * </pre>
 *
 * Succeeded, Failed and Cancelled are final: only a requeue leads out of them. {@link Move} is the
 * same table by name, for repositories and filters.
 */
public sealed interface JobState {
  StateName name();

  /** Waits for its time. */
  record Scheduled(Instant dueAt) implements JobState {
    public Queued promote() {
      return new Queued();
    }

    public Cancelled cancel(Instant now) {
      return new Cancelled(now);
    }

    @Override
    public StateName name() {
      return StateName.SCHEDULED;
    }
  }

  /** Ready: its message is on the broker or about to be. */
  record Queued() implements JobState {
    public Running claim(Holder holder) {
      return new Running(holder);
    }

    /** The broker lost its message: it gets another. */
    public Queued rescue() {
      return new Queued();
    }

    public Cancelled cancel(Instant now) {
      return new Cancelled(now);
    }

    @Override
    public StateName name() {
      return StateName.QUEUED;
    }
  }

  /** A worker runs it. */
  record Running(Holder holder) implements JobState {
    /** The broker took the job back from a lost worker and gave it to this one. */
    public Running claim(Holder next) {
      return new Running(next);
    }

    public Succeeded complete(Instant now) {
      return new Succeeded(now);
    }

    public Retrying retryLater(Instant dueAt, Failure failure) {
      return new Retrying(dueAt, failure);
    }

    public Failed giveUp(Instant now, Failure failure) {
      return new Failed(now, failure);
    }

    public Queued giveBack() {
      return new Queued();
    }

    /** Its worker is gone, and so is its message. */
    public Queued rescue() {
      return new Queued();
    }

    public Cancelled cancel(Instant now) {
      return new Cancelled(now);
    }

    @Override
    public StateName name() {
      return StateName.RUNNING;
    }
  }

  /** Its last attempt failed; the next one waits for its time. */
  record Retrying(Instant dueAt, Failure failure) implements JobState {
    public Queued promote() {
      return new Queued();
    }

    public Cancelled cancel(Instant now) {
      return new Cancelled(now);
    }

    @Override
    public StateName name() {
      return StateName.RETRYING;
    }
  }

  /** Ended with a result. */
  record Succeeded(Instant finishedAt) implements JobState {
    public Queued requeue() {
      return new Queued();
    }

    @Override
    public StateName name() {
      return StateName.SUCCEEDED;
    }
  }

  /** Ended without a result. */
  record Failed(Instant finishedAt, Failure failure) implements JobState {
    public Queued requeue() {
      return new Queued();
    }

    @Override
    public StateName name() {
      return StateName.FAILED;
    }
  }

  /** Ended because someone wanted it no more. */
  record Cancelled(Instant finishedAt) implements JobState {
    public Queued requeue() {
      return new Queued();
    }

    @Override
    public StateName name() {
      return StateName.CANCELLED;
    }
  }
}
