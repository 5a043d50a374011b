package dev.stint.job;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads. None of them scans: each costs by what it returns, not by what is stored. */
public interface JobQueries {
  Optional<Job> find(JobId id);

  Optional<StoredResult> result(JobId id);

  /**
   * A page, newest first.
   *
   * @param after the page starts after this id; null for the newest
   */
  JobPage list(JobFilter filter, int limit, @Nullable JobId after);

  /**
   * The ids of a page, newest first; of jobs that move meanwhile, some may be in another state.
   *
   * @param after the page starts after this id; null for the newest
   */
  List<JobId> ids(JobFilter filter, int limit, @Nullable JobId after);

  /**
   * For each lane that ever had a job: how many are in which state now, and how many ever ended.
   */
  List<LaneCounts> counts();

  /** The last lines of a job's log, oldest first. */
  List<String> log(JobId id, int most);
}
