package dev.stint.job;

import java.time.Instant;

/** Removes what retention has ended. */
public interface JobPruning {
  /**
   * Removes ended jobs whose retention is over, with all they left, at most so many; says how many.
   */
  int prune(Instant now, int most);
}
