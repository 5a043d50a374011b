package dev.stint.job;

import dev.stint.lane.Lane;
import java.util.Collection;
import java.util.List;

/**
 * A walk over the jobs that someone should be moving, oldest first, round and round. A call looks
 * at no more jobs than it is told, and at no more than 64 partitions. For any thread; throws {@link
 * StoreUnavailableException}.
 */
public interface JobSurvey {
  /**
   * Where the walk is.
   *
   * @param partition number of the partition
   * @param after the walk goes on after this id; empty for the begin of the partition
   */
  record Spot(int partition, String after) {
    public static final Spot START = new Spot(0, "");
  }

  /**
   * What was seen, and where to go on.
   *
   * @param seen may be empty though there is more
   */
  record Stretch<S extends Sighting>(List<S> seen, Spot next) {}

  /** Looks at queued jobs of some lanes; tells of those that wait for no confirmation. */
  Stretch<Sighting.Queued> queued(Collection<Lane> lanes, Spot from, int most);

  /** Looks at running jobs of all lanes. */
  Stretch<Sighting.Running> running(Spot from, int most);
}
