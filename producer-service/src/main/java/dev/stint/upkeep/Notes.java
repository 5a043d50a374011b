package dev.stint.upkeep;

import dev.stint.job.JobId;
import dev.stint.job.Sighting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Predicate;

/**
 * What was seen, and when: a bounded memory between two looks. For one thread.
 *
 * @param <S> what is seen
 */
final class Notes<S extends Sighting> {
  private static final int MOST = 10_000;

  /** What has not come true by then is looked at anew. */
  private static final Duration KEPT = Duration.ofMinutes(2);

  private final LinkedHashMap<JobId, Note<S>> byId = new LinkedHashMap<>();

  /**
   * @param at time of the nanosecond clock at which it was so
   */
  record Note<S extends Sighting>(S seen, long at) {}

  boolean isFull() {
    return byId.size() >= MOST;
  }

  /** Notes it, unless just that has been noted before. */
  void add(S seen, long at) {
    var known = byId.get(seen.id());
    if (known == null || !known.seen().equals(seen)) {
      byId.remove(seen.id());
      byId.put(seen.id(), new Note<>(seen, at));
    }
  }

  /** Forgets what is void, and what is old. */
  void drop(long now, Predicate<Note<S>> isVoid) {
    byId.values().removeIf(note -> now - note.at() > KEPT.toNanos() || isVoid.test(note));
  }

  /** Takes what is ripe off the notes, at most so many, in the order in which it was noted. */
  List<S> take(int most, Predicate<Note<S>> isRipe) {
    var taken = new ArrayList<S>();
    var notes = byId.values().iterator();
    while (taken.size() < most && notes.hasNext()) {
      var note = notes.next();
      if (isRipe.test(note)) {
        notes.remove();
        taken.add(note.seen());
      }
    }
    return taken;
  }

  void clear() {
    byId.clear();
  }
}
