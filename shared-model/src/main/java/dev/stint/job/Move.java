package dev.stint.job;

import static dev.stint.job.StateName.CANCELLED;
import static dev.stint.job.StateName.FAILED;
import static dev.stint.job.StateName.QUEUED;
import static dev.stint.job.StateName.RETRYING;
import static dev.stint.job.StateName.RUNNING;
import static dev.stint.job.StateName.SCHEDULED;
import static dev.stint.job.StateName.SUCCEEDED;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * The moves between states, each named for its reason. This is the whole table: a move that is not
 * legal here is refused by every repository.
 */
public enum Move {
  /** Due: a scheduled or retrying job becomes ready to run. */
  PROMOTE(QUEUED, SCHEDULED, RETRYING),
  /** A worker takes the job; again, when the broker took it back from a worker that was lost. */
  CLAIM(RUNNING, QUEUED, RUNNING),
  /** The handler answered with a result. */
  COMPLETE(SUCCEEDED, RUNNING),
  /** The attempt failed and another is allowed. */
  RETRY_LATER(RETRYING, RUNNING),
  /** The attempt failed and no other is allowed. */
  GIVE_UP(FAILED, RUNNING),
  /** The worker leaves before the handler ended; the attempt does not count. */
  GIVE_BACK(QUEUED, RUNNING),
  /** Someone wants it no more. A running job is asked first; its worker then makes this move. */
  CANCEL(CANCELLED, SCHEDULED, QUEUED, RETRYING, RUNNING),
  /** Someone wants an ended job run again, with all its attempts. */
  REQUEUE(QUEUED, SUCCEEDED, FAILED, CANCELLED),
  /** The broker lost its message, or its worker is gone and no delivery comes back. */
  RESCUE(QUEUED, QUEUED, RUNNING);

  private final StateName to;
  private final Set<StateName> from;

  Move(StateName to, StateName first, StateName... others) {
    this.to = to;
    this.from = EnumSet.of(first, others);
  }

  public StateName to() {
    return to;
  }

  public boolean isLegalFrom(StateName state) {
    return from.contains(state);
  }

  /** Where the move leads from this state; empty if it is not legal there. */
  public Optional<StateName> from(StateName state) {
    return isLegalFrom(state) ? Optional.of(to) : Optional.empty();
  }
}
