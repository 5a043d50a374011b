package dev.stint.job;

import java.util.Collection;
import java.util.List;
import java.util.Set;

/** What a running job tells its record, and what the record tells its worker. */
public interface JobJournal {
  /** Notes how far a job is, 0 to 1; ignored if it is held no more. Not awaited. */
  void progress(Held held, double fraction);

  /** Appends lines to a job's log, of which the newest are kept. Not awaited. */
  void log(Held held, List<String> lines);

  /** Which of these running jobs someone asked to cancel. */
  Set<JobId> cancelling(Collection<JobId> running);
}
