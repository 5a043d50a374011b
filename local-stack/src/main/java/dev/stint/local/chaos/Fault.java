package dev.stint.local.chaos;

import java.time.Duration;
import java.util.Locale;

/** Something that goes wrong for a while, and is then put right. */
sealed interface Fault {
  /** What it happens to: a process, or something else of its own name. */
  String target();

  /** Until it is put right; nothing if it cannot be. */
  Duration lasts();

  /** Its kind, for people. */
  String kind();

  /** Whether deliveries may be taken back from the target, or from everyone if it is the broker. */
  default boolean partsFromBroker() {
    return true;
  }

  /** Whether the target has no live process meanwhile. */
  default boolean endsProcess() {
    return false;
  }

  /** Whether a process is ended by SIGKILL. */
  default boolean kills() {
    return false;
  }

  /** SIGKILL; later it is started again. */
  record Kill(String target, Duration lasts) implements Fault {
    @Override
    public String kind() {
      return "kill " + Names.kind(target);
    }

    @Override
    public boolean endsProcess() {
      return true;
    }

    @Override
    public boolean kills() {
      return true;
    }
  }

  /** SIGKILL of the broker; all it has is deleted; later it is started, and knows nothing. */
  record Wipe(Duration lasts) implements Fault {
    @Override
    public String target() {
      return Names.BROKER;
    }

    @Override
    public String kind() {
      return "wipe " + target();
    }

    @Override
    public boolean endsProcess() {
      return true;
    }

    @Override
    public boolean kills() {
      return true;
    }
  }

  /** SIGTERM; it may take its time; later it is started again. */
  record Restart(String target, Duration lasts) implements Fault {
    @Override
    public String kind() {
      return "restart " + Names.kind(target);
    }

    @Override
    public boolean endsProcess() {
      return true;
    }
  }

  /** SIGSTOP, then SIGCONT: it hangs. */
  record Pause(String target, Duration lasts) implements Fault {
    @Override
    public String kind() {
      return "pause " + Names.kind(target);
    }
  }

  /** Some of its paths do not do what paths should. */
  record Break(String target, Way way, Manner manner, Duration lasts) implements Fault {
    @Override
    public String kind() {
      return manner.words() + " " + Names.kind(target) + " " + way.words();
    }

    @Override
    public boolean partsFromBroker() {
      return way != Way.REDIS;
    }
  }

  /** A message that is no job, put on a lane of the broker. */
  record Foreign(String lane) implements Fault {
    @Override
    public String target() {
      return Names.BROKER;
    }

    @Override
    public Duration lasts() {
      return Duration.ZERO;
    }

    @Override
    public String kind() {
      return "foreign message";
    }
  }

  /** A job that kills its worker, each time that it runs. */
  record Poison() implements Fault {
    @Override
    public String target() {
      return "job";
    }

    @Override
    public Duration lasts() {
      return Duration.ZERO;
    }

    @Override
    public String kind() {
      return "poison job";
    }
  }

  /** Which paths of a service are broken. */
  enum Way {
    BROKER,
    REDIS,
    BOTH;

    String words() {
      return this == BOTH ? "from both" : "from " + name().toLowerCase(Locale.ROOT);
    }
  }

  /** How a path is broken. */
  enum Manner {
    /** Connections are reset, and refused. */
    CUT("cut"),
    /** Connections stay, and nothing comes through. */
    FREEZE("freeze"),
    /** What is asked is heard, and the answers do not come through. */
    HALF_FREEZE("half-freeze");

    private final String words;

    Manner(String words) {
      this.words = words;
    }

    String words() {
      return words;
    }
  }
}
