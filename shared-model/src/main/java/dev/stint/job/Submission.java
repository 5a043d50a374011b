package dev.stint.job;

/** What became of a submit. */
public sealed interface Submission {
  /** New, and due now: to be published with this ticket. */
  record Queued(Publication publication) implements Submission {}

  /** New, and due later. */
  record Scheduled(JobId id) implements Submission {}

  /** The idempotency key was used before, for the same request: this job. */
  record Duplicate(JobId id) implements Submission {}

  /** The idempotency key was used before, for another request: that job. */
  record KeyReused(JobId id) implements Submission {}
}
