package dev.stint.job;

import java.time.Instant;
import java.util.List;

/**
 * Jobs whose publication the broker has not confirmed. An entry is made in the same step as the
 * move that queues the job, so a job cannot be queued and forgotten.
 */
public interface Outbox {
  /**
   * The broker has it. Returns at once; entries are removed in batches, errors are repaired by a
   * relay.
   */
  void confirmed(Publication publication);

  /**
   * Takes publications made before a time and not confirmed since, gives each a new ticket and a
   * new time, and drops those whose job is queued no more. Two producers never get the same one.
   */
  List<Publication> overdue(Instant madeBefore, Instant now, int most);

  /** How many publications wait for their confirmation. */
  long size();
}
