package dev.stint.local.chaos;

import java.time.Duration;
import java.util.Locale;

/** Something that goes wrong for a while, and is then put right. */
sealed interface Fault {
  /** The process that it happens to. */
  String target();

  /** Until it is put right. */
  Duration lasts();

  /** Its kind, for people. */
  String kind();

  /** Whether deliveries may be taken back from the target, or from everyone if it is the broker. */
  boolean partsFromBroker();

  /** Whether the target has no live process meanwhile. */
  boolean endsProcess();

  /** SIGKILL; later it is started again. */
  record Kill(String target, Duration lasts) implements Fault {
    @Override
    public String kind() {
      return "kill " + Names.kind(target);
    }

    @Override
    public boolean partsFromBroker() {
      return true;
    }

    @Override
    public boolean endsProcess() {
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
    public boolean partsFromBroker() {
      return true;
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

    @Override
    public boolean partsFromBroker() {
      return true;
    }

    @Override
    public boolean endsProcess() {
      return false;
    }
  }

  /** Its paths are reset and refuse, or, if frozen, let nothing through. */
  record Break(String target, Way way, boolean frozen, Duration lasts) implements Fault {
    @Override
    public String kind() {
      return (frozen ? "freeze " : "cut ") + Names.kind(target) + " " + way.words();
    }

    @Override
    public boolean partsFromBroker() {
      return way != Way.REDIS;
    }

    @Override
    public boolean endsProcess() {
      return false;
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

    @Override
    public boolean partsFromBroker() {
      return false;
    }

    @Override
    public boolean endsProcess() {
      return false;
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
}
