package dev.stint.upkeep;

import dev.stint.job.JobId;
import dev.stint.lane.Lane;
import dev.stint.upkeep.RollCall.Presence;
import dev.stint.worker.WorkerInfo;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The workers at one moment. Times are those of this process's nanosecond clock. */
final class Roll {
  /** From when a worker looks at itself until others can read it: a call, and a pause or two. */
  private static final Duration ON_ITS_WAY = Duration.ofSeconds(5);

  private final long at;
  private final boolean anew;
  private final Map<String, Presence> alive;
  private final Map<String, Set<String>> jobs = new HashMap<>();
  private final Map<Lane, Long> emptyAt = new HashMap<>();

  /**
   * @param anew what was concluded from earlier ones is void
   */
  Roll(long at, boolean anew, Map<String, Presence> known) {
    this.at = at;
    this.anew = anew;
    this.alive =
        known.entrySet().stream()
            .filter(entry -> at - entry.getValue().noticed() < WorkerInfo.EXPIRY.toNanos())
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    alive.forEach((id, presence) -> {
      jobs.put(id, new HashSet<>(presence.info().running()));
      presence
          .info()
          .seenEmpty()
          .forEach((lane, age) ->
              emptyAt.merge(
                  Lane.parse(lane),
                  toldAfter(presence) - Duration.ofMillis(age).toNanos(),
                  Math::max));
    });
  }

  long at() {
    return at;
  }

  boolean isAnew() {
    return anew;
  }

  boolean isAlive(String worker) {
    return alive.containsKey(worker);
  }

  /** Whether a worker lives and holds a job. */
  boolean holds(String worker, JobId id) {
    return jobs.getOrDefault(worker, Set.of()).contains(id.value());
  }

  /** Whether any worker that lives holds a job. */
  boolean isHeld(JobId id) {
    return jobs.values().stream().anyMatch(held -> held.contains(id.value()));
  }

  /** Whether a worker lives, and what it last told of itself was so at this time or later. */
  boolean hasToldSince(String worker, long time) {
    var presence = alive.get(worker);
    return presence != null && toldAfter(presence) - time >= 0;
  }

  /** Lanes that a living worker has ever seen empty. */
  Set<Lane> lanesSeenEmpty() {
    return emptyAt.keySet();
  }

  /** A time at or after which some worker has seen the lane empty; null if there is none. */
  @Nullable Long emptyAt(Lane lane) {
    return emptyAt.get(lane);
  }

  private static long toldAfter(Presence presence) {
    return presence.after() - ON_ITS_WAY.toNanos();
  }
}
