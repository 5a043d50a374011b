package dev.stint.local.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Which faults come when: a function of seed and duration alone, so that a run can be repeated as
 * far as the machine allows.
 *
 * @param entries in order of time
 */
record Plan(long seed, Duration duration, List<Entry> entries) {
  /** How long a process is left alone after its fault: it has to start, and to work a little. */
  private static final Duration RECOVERY = Duration.ofSeconds(12);

  private static final Duration FIRST = Duration.ofSeconds(5);
  private static final int LEAST_GAP_MILLIS = 2_000;
  private static final int MOST_GAP_MILLIS = 7_000;

  /** The shares of the kinds. */
  private static final Map<Kind, Integer> WEIGHTS =
      Map.ofEntries(
          Map.entry(Kind.KILL_WORKER, 26),
          Map.entry(Kind.KILL_PRODUCER, 9),
          Map.entry(Kind.KILL_BROKER, 8),
          Map.entry(Kind.KILL_REDIS, 9),
          Map.entry(Kind.RESTART_WORKER, 9),
          Map.entry(Kind.RESTART_BROKER, 3),
          Map.entry(Kind.PAUSE_WORKER, 10),
          Map.entry(Kind.PAUSE_REDIS, 4),
          Map.entry(Kind.BREAK_WORKER, 14),
          Map.entry(Kind.BREAK_PRODUCER, 5),
          Map.entry(Kind.FOREIGN, 3));

  private static final int ALL_WEIGHTS =
      WEIGHTS.values().stream().mapToInt(Integer::intValue).sum();

  private enum Kind {
    KILL_WORKER,
    KILL_PRODUCER,
    KILL_BROKER,
    KILL_REDIS,
    RESTART_WORKER,
    RESTART_BROKER,
    PAUSE_WORKER,
    PAUSE_REDIS,
    BREAK_WORKER,
    BREAK_PRODUCER,
    FOREIGN
  }

  /**
   * A fault and its time.
   *
   * @param at since the start
   */
  record Entry(Duration at, Fault fault) {
    @Override
    public String toString() {
      var words = fault.kind().replaceFirst(Names.kind(fault.target()), fault.target());
      var lasts =
          fault.lasts().isZero()
              ? ""
              : String.format(Locale.ROOT, " for %.1f s", fault.lasts().toMillis() / 1e3);
      return String.format(
          Locale.ROOT, "%d:%02d %s%s", at.toMinutes(), at.toSecondsPart(), words, lasts);
    }
  }

  Plan {
    entries = List.copyOf(entries);
  }

  /** The plan of a seed. All faults begin and end within the duration. */
  static Plan draw(long seed, Duration duration) {
    // Its sequence is specified, so that a seed means the same everywhere.
    var random = new SplittableRandom(seed);
    var busy = new HashMap<String, Duration>();
    var entries = new ArrayList<Entry>();
    var at = FIRST;
    while (at.compareTo(duration) < 0) {
      var fault = draw(random);
      var free = busy.getOrDefault(fault.target(), Duration.ZERO).compareTo(at) <= 0;
      var end = at.plus(fault.lasts());
      if (fault instanceof Fault.Foreign || free && end.compareTo(duration) <= 0) {
        entries.add(new Entry(at, fault));
        if (free) {
          busy.put(fault.target(), end.plus(RECOVERY));
        }
        at = at.plusMillis(random.nextInt(LEAST_GAP_MILLIS, MOST_GAP_MILLIS));
      } else {
        // Drawn in vain: time goes on a little, so that this comes to an end.
        at = at.plusMillis(100);
      }
    }
    return new Plan(seed, duration, entries);
  }

  /** How many of the faults are kills. */
  long kills() {
    return entries.stream().filter(entry -> entry.fault() instanceof Fault.Kill).count();
  }

  private static Fault draw(RandomGenerator random) {
    return switch (kind(random)) {
      case KILL_WORKER -> new Fault.Kill(one(Names.WORKERS, random), between(0.2, 5, random));
      case KILL_PRODUCER -> new Fault.Kill(one(Names.PRODUCERS, random), between(0.2, 5, random));
      case KILL_BROKER -> new Fault.Kill(Names.BROKER, between(0.2, 8, random));
      case KILL_REDIS -> new Fault.Kill(Names.REDIS, between(0.2, 8, random));
      case RESTART_WORKER -> new Fault.Restart(one(Names.WORKERS, random), between(0.2, 5, random));
      case RESTART_BROKER -> new Fault.Restart(Names.BROKER, between(0.2, 8, random));
      case PAUSE_WORKER -> new Fault.Pause(one(Names.WORKERS, random), between(1, 25, random));
      case PAUSE_REDIS -> new Fault.Pause(Names.REDIS, between(1, 10, random));
      case BREAK_WORKER -> broken(Names.WORKERS, random);
      case BREAK_PRODUCER -> broken(Names.PRODUCERS, random);
      case FOREIGN -> new Fault.Foreign(random.nextBoolean() ? "quick" : "command");
    };
  }

  private static Kind kind(RandomGenerator random) {
    int drawn = random.nextInt(ALL_WEIGHTS);
    for (var kind : Kind.values()) {
      drawn -= WEIGHTS.getOrDefault(kind, 0);
      if (drawn < 0) {
        return kind;
      }
    }
    throw new AssertionError("weights do not add up");
  }

  private static Fault broken(List<String> names, RandomGenerator random) {
    var way = Fault.Way.values()[random.nextInt(Fault.Way.values().length)];
    return new Fault.Break(one(names, random), way, random.nextBoolean(), between(0.5, 20, random));
  }

  private static String one(List<String> names, RandomGenerator random) {
    return names.get(random.nextInt(names.size()));
  }

  private static Duration between(double least, double most, RandomGenerator random) {
    return Duration.ofMillis((long) (1e3 * (least + (most - least) * random.nextDouble())));
  }
}
