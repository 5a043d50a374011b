package dev.stint.view;

import dev.stint.job.JobId;
import dev.stint.problem.Problem;

/** The job that a path names. */
public final class JobPath {
  private JobPath() {}

  /**
   * Reads an id.
   *
   * @throws dev.stint.problem.ProblemException unknown job, if no job can be called that
   */
  public static JobId id(String text) {
    try {
      return new JobId(text);
    } catch (IllegalArgumentException e) {
      throw Problem.unknownJob(text).toException();
    }
  }
}
