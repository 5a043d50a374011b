package dev.stint.job;

/** What became of a claim. */
public sealed interface Claim {
  /**
   * It is this worker's now. The spec of the record, not that of the message, is what counts; they
   * differ only if someone put a foreign message on the broker.
   */
  record Claimed(Held held) implements Claim {}

  /** Its worker was lost and no attempt is left: to be given up with this right. */
  record Exhausted(Held held) implements Claim {}

  /** Not to be run: it is elsewhere or has ended. The delivery is to be dropped. */
  record Stale(StateName state) implements Claim {}

  /** There is no record: to be restored from the message. */
  record Missing() implements Claim {}
}
