package dev.stint.job;

/** What became of a rescue. */
public sealed interface Rescued {
  /** Queued: to be published with this ticket. */
  record Queued(Publication publication) implements Rescued {}

  /** It ran, and may not run again: failed without an attempt left, or cancelled as asked. */
  record Ended(StateName state) implements Rescued {}

  /** It has moved on since it was seen. */
  record Stale(StateName state) implements Rescued {}

  /** There is no such job. */
  record Missing() implements Rescued {}
}
