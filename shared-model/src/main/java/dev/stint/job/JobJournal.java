package dev.stint.job;

import java.util.Collection;
import java.util.List;
import java.util.Set;

/** What a running job tells its record, and what the record tells its worker. */
public interface JobJournal {
  /** So many lines of a log are kept. */
  int MOST_LINES = 1_000;

  /** A longer line is cut to so many characters. */
  int LONGEST_LINE = 4_096;

  static String cut(String line) {
    return line.length() <= LONGEST_LINE ? line : line.substring(0, LONGEST_LINE);
  }

  /** Notes how far a job is, 0 to 1; ignored if it is held no more. Not awaited. */
  void progress(Held held, double fraction);

  /**
   * Appends lines to a job's log, of which the newest are kept; ignored if a later claim has the
   * job. Not awaited.
   */
  void log(Held held, List<String> lines);

  /** Which of these running jobs someone asked to cancel. */
  Set<JobId> cancelling(Collection<JobId> running);
}
