package dev.stint.job;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The moves of jobs, each one atomic and guarded: a move is applied only to a job that is in a
 * state {@link Move} allows, and, if a worker makes it, only while that worker holds the job. There
 * is no other way to change a job.
 *
 * <p>Calls block (they are made for virtual threads), and are safe from many threads; calls made at
 * the same time share a round trip. Time is always an argument. All throw {@link
 * StoreUnavailableException}; repeating a worker's move after that is safe, since a move that had
 * been applied answers {@code Stale} with the state it led to.
 */
public interface JobRepository {
  /**
   * Keeps a new job, due now or at its {@code dueAt}, with its outbox entry and its idempotency
   * key.
   */
  Submission submit(JobSpec spec, @Nullable IdempotencyKey key);

  /** Makes jobs queued whose time has come, at most so many, each with a new ticket. */
  List<Publication> promote(Instant now, int most);

  /**
   * Takes a queued job, or one whose delivery came again because its worker was lost.
   *
   * @param ticket of the delivery
   */
  Claim claim(JobId id, long ticket, String worker, Instant now);

  /** Makes a record anew from a job's message, queued; stale if there is a record. */
  Moved restore(Publication publication, Instant now);

  /**
   * Ends a job with a result.
   *
   * @param result JSON text; null for none
   */
  Moved complete(Held held, @Nullable String result, Instant now);

  /** Ends an attempt that failed; the next is due at {@code dueAt}. */
  Moved retryLater(Held held, FailedAttempt failed, Instant dueAt, Instant now);

  default Moved retryLater(Held held, Failure failure, Instant dueAt, Instant now) {
    return retryLater(held, FailedAttempt.of(failure), dueAt, now);
  }

  /**
   * Ends a job that failed for good. If its last attempt was lost, the last lines of the job's log
   * are kept for it.
   */
  Moved giveUp(Held held, FailedAttempt failed, Instant now);

  default Moved giveUp(Held held, Failure failure, Instant now) {
    return giveUp(held, FailedAttempt.of(failure), now);
  }

  /** Gives back a job that this worker will not finish; the attempt is not counted. */
  Moved giveBack(Held held, Instant now);

  /**
   * Cancels a job. Without a right to it: at once if it waits, else its worker is asked ({@code
   * Applied(RUNNING)}). With it: the worker's answer to having been asked.
   */
  Moved cancel(JobId id, @Nullable Held held, Instant now);

  /**
   * Makes an ended job queued again, with fresh attempts. Its result and error are dropped.
   *
   * @param key of the request: repeated with that of the job's last requeue it changes nothing,
   *     wherever the job is by then; null if the client gave none
   */
  Requeued requeue(JobId id, @Nullable String key, Instant now);

  /** The same for a request without a key. */
  default Requeued requeue(JobId id, Instant now) {
    return requeue(id, null, now);
  }

  /**
   * Queues a job anew that is still just as it was seen, though it should have moved on: with a new
   * ticket, and for one that ran a new token, which fences its worker off.
   */
  Rescued rescue(Sighting seen, Instant now);
}
