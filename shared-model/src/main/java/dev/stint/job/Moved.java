package dev.stint.job;

/** What became of a move. Stale is a normal answer, not an error. */
public sealed interface Moved {
  /**
   * Done.
   *
   * @param state where the job is now
   */
  record Applied(StateName state) implements Moved {}

  /**
   * Refused: the job is in another state, or held by a later claim.
   *
   * @param state where the job is
   */
  record Stale(StateName state) implements Moved {}

  /** There is no such job. */
  record Missing() implements Moved {}

  default boolean applied() {
    return this instanceof Applied;
  }
}
