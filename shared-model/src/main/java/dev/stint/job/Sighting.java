package dev.stint.job;

import dev.stint.lane.Lane;

/** Where a job was seen, with what changes when it moves on. */
public sealed interface Sighting {
  JobId id();

  /**
   * Queued, and the broker had confirmed its last publication.
   *
   * @param ticket of that publication
   */
  record Queued(JobId id, Lane lane, long ticket) implements Sighting {}

  /**
   * Running.
   *
   * @param worker id of the worker that claimed it
   * @param token of that claim
   */
  record Running(JobId id, String worker, long token) implements Sighting {}
}
