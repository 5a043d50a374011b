package dev.stint.local.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * Which faults come when: a function of seed and duration alone, so that a run can be repeated as
 * far as the machine allows.
 *
 * @param entries in order of time
 */
record Plan(long seed, Duration duration, List<Entry> entries) {
  /** How long a process is left alone after its fault: it has to start, and to work a little. */
  private static final Duration RECOVERY = Duration.ofSeconds(12);

  /**
   * The same of a broker that begins anew. RabbitMQ (4.0) loses queues for good if it is killed
   * within seconds of their making, which is known and told in docs/broker.md.
   */
  private static final Duration NEW_BROKER = Duration.ofSeconds(40);

  private static final Duration FIRST = Duration.ofSeconds(5);
  private static final int LEAST_GAP_MILLIS = 2_000;
  private static final int MOST_GAP_MILLIS = 7_000;

  /** The last poison jobs are through with it before the faults are over. */
  private static final Duration LAST_POISON = Duration.ofSeconds(20);

  private static final int ALL_WEIGHTS =
      Stream.of(Kind.values()).mapToInt(kind -> kind.weight).sum();

  /** The kinds and their shares. */
  private enum Kind {
    KILL_WORKER(28),
    KILL_PRODUCER(9),
    KILL_BROKER(7),
    KILL_REDIS(9),
    WIPE_BROKER(5),
    RESTART_WORKER(8),
    RESTART_PRODUCER(2),
    RESTART_ENGINE(5),
    PAUSE_WORKER(9),
    PAUSE_PRODUCER(2),
    PAUSE_ENGINE(6),
    BREAK_WORKER(16),
    BREAK_PRODUCER(5),
    FOREIGN(5),
    POISON(4);

    private final int weight;

    Kind(int weight) {
      this.weight = weight;
    }
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
      var end = at.plus(fault instanceof Fault.Poison ? LAST_POISON : fault.lasts());
      if (fault instanceof Fault.Foreign || free && end.compareTo(duration) <= 0) {
        entries.add(new Entry(at, fault));
        if (free) {
          busy.put(fault.target(), end.plus(recovery(fault)));
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
    return entries.stream().filter(entry -> entry.fault().kills()).count();
  }

  private static Duration recovery(Fault fault) {
    return fault instanceof Fault.Wipe ? NEW_BROKER : RECOVERY;
  }

  private static Fault draw(RandomGenerator random) {
    return switch (kind(random)) {
      case KILL_WORKER -> new Fault.Kill(one(Names.WORKERS, random), between(0.2, 5, random));
      case KILL_PRODUCER -> new Fault.Kill(one(Names.PRODUCERS, random), between(0.2, 5, random));
      case KILL_BROKER -> new Fault.Kill(Names.BROKER, between(0.2, 8, random));
      case KILL_REDIS -> new Fault.Kill(Names.REDIS, between(0.2, 8, random));
      case WIPE_BROKER -> new Fault.Wipe(between(0.2, 8, random));
      case RESTART_WORKER -> restarted(Names.WORKERS, random);
      case RESTART_PRODUCER -> restarted(Names.PRODUCERS, random);
      case RESTART_ENGINE -> restarted(Names.ENGINES, random);
      case PAUSE_WORKER -> new Fault.Pause(one(Names.WORKERS, random), between(1, 25, random));
      case PAUSE_PRODUCER -> new Fault.Pause(one(Names.PRODUCERS, random), between(1, 15, random));
      case PAUSE_ENGINE -> new Fault.Pause(one(Names.ENGINES, random), between(1, 10, random));
      case BREAK_WORKER -> broken(Names.WORKERS, random);
      case BREAK_PRODUCER -> broken(Names.PRODUCERS, random);
      case FOREIGN -> new Fault.Foreign(random.nextBoolean() ? "quick" : "command");
      case POISON -> new Fault.Poison();
    };
  }

  private static Kind kind(RandomGenerator random) {
    int drawn = random.nextInt(ALL_WEIGHTS);
    for (var kind : Kind.values()) {
      drawn -= kind.weight;
      if (drawn < 0) {
        return kind;
      }
    }
    throw new AssertionError("weights do not add up");
  }

  private static Fault restarted(List<String> names, RandomGenerator random) {
    return new Fault.Restart(one(names, random), between(0.2, 5, random));
  }

  private static Fault broken(List<String> names, RandomGenerator random) {
    var way = Fault.Way.values()[random.nextInt(Fault.Way.values().length)];
    var manner = Fault.Manner.values()[random.nextInt(Fault.Manner.values().length)];
    return new Fault.Break(one(names, random), way, manner, between(0.5, 20, random));
  }

  private static String one(List<String> names, RandomGenerator random) {
    return names.get(random.nextInt(names.size()));
  }

  private static Duration between(double least, double most, RandomGenerator random) {
    return Duration.ofMillis((long) (1e3 * (least + (most - least) * random.nextDouble())));
  }
}
