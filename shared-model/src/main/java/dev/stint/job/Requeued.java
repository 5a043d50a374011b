package dev.stint.job;

/** What became of a requeue. */
public sealed interface Requeued {
  /** Queued again, with all its attempts: to be published with this ticket. */
  record Queued(Publication publication) implements Requeued {}

  /** An earlier request with the same key did it. */
  record Repeated() implements Requeued {}

  /** It has not ended. */
  record Stale(StateName state) implements Requeued {}

  /** There is no such job. */
  record Missing() implements Requeued {}
}
