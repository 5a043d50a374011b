package dev.stint.redis.moves;

import dev.stint.job.Claim;
import dev.stint.job.Held;
import dev.stint.job.JobId;
import dev.stint.job.JobIdSource;
import dev.stint.job.JobSpec;
import dev.stint.job.Publication;
import dev.stint.job.Requeued;
import dev.stint.job.Rescued;
import dev.stint.job.RetryPolicy;
import dev.stint.job.Submission;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What producers and workers remember: the jobs they know, every message that was published, every
 * right that a claim gave. They go on using the old ones. Jobs are named by small numbers, so that
 * a step means something whatever came before it.
 */
final class Cast {
  static final int JOBS = 2;
  private static final List<String> TASKS = List.of("square", "sleep");

  private Instant now = Instant.parse("2026-12-01T10:00:00Z");
  private final JobIdSource source = new JobIdSource(() -> now, new Random(7));
  private final Map<Integer, JobId> ids = new TreeMap<>();
  private final Map<JobId, Integer> numbers = new HashMap<>();
  private final Map<Integer, List<Held>> rights = new TreeMap<>();
  private final Map<Integer, List<Publication>> messages = new TreeMap<>();

  /** Which of those that someone had one after another. */
  enum Which {
    LAST,
    BEFORE,
    FIRST,
    /** One that nobody was ever given. */
    FOREIGN
  }

  Cast() {
    for (int number = 0; number < JOBS; number++) {
      rights.put(number, new ArrayList<>());
      messages.put(number, new ArrayList<>());
      rename(number);
    }
  }

  Instant now() {
    return now;
  }

  void pass(Duration time) {
    now = now.plus(time);
  }

  JobId id(int number) {
    return ids.get(number);
  }

  /** The number stands for a new job from now on. */
  void rename(int number) {
    var id = source.next(0);
    ids.put(number, id);
    numbers.put(id, number);
  }

  JobSpec spec(int number, int maxAttempts, Duration delay) {
    return new JobSpec(
        id(number),
        TASKS.get(number % TASKS.size()),
        "default",
        Map.of(),
        0,
        Map.of(),
        now,
        delay.isZero() ? null : now.plus(delay),
        Duration.ofMinutes(5),
        RetryPolicy.DEFAULT.withMaxAttempts(maxAttempts));
  }

  /** A foreign one has a token that is still to come. */
  Held right(int number, Which which) {
    var given = rights.get(number);
    if (which == Which.FOREIGN || given.isEmpty()) {
      long last = given.isEmpty() ? 0 : given.getLast().token();
      return new Held(id(number), 1, last + 1);
    }
    return pick(given, which);
  }

  /** A foreign one has a ticket that is still to come. */
  Publication message(int number, Which which) {
    var published = messages.get(number);
    if (which == Which.FOREIGN || published.isEmpty()) {
      long last = published.isEmpty() ? 0 : published.getLast().ticket();
      return new Publication(spec(number, 3, Duration.ZERO), last + 1);
    }
    return pick(published, which);
  }

  /** Every right that a claim ever gave, oldest first. */
  List<Held> rights() {
    return rights.values().stream().flatMap(List::stream).toList();
  }

  /** Remembers what an answer gave. */
  void hear(Object answer) {
    switch (answer) {
      case Submission.Queued(var publication) -> hear(publication);
      case Requeued.Queued(var publication) -> hear(publication);
      case Rescued.Queued(var publication) -> hear(publication);
      case Publication publication ->
          messages.get(number(publication.spec().id())).add(publication);
      case Claim.Claimed(var held) -> rights.get(number(held.id())).add(held);
      case Claim.Exhausted(var held) -> rights.get(number(held.id())).add(held);
      case List<?> all -> Stream.of(all.toArray()).forEach(this::hear);
      default -> {}
    }
  }

  private int number(JobId id) {
    return numbers.get(id);
  }

  private static <T> T pick(List<T> all, Which which) {
    return switch (which) {
      case LAST, FOREIGN -> all.getLast();
      case BEFORE -> all.get(Math.max(0, all.size() - 2));
      case FIRST -> all.getFirst();
    };
  }
}
