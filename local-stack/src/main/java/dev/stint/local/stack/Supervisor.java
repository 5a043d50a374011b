package dev.stint.local.stack;

import dev.stint.local.process.ChildProcess;
import dev.stint.local.process.Complaint;
import dev.stint.local.process.Launch;
import dev.stint.local.process.Launcher;
import dev.stint.local.process.Stage;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Starts again what dies, under the same name. A worker that was told to drain and left in good
 * order stays away. For one thread.
 */
public final class Supervisor {
  private static final Duration LONG = Duration.ofHours(1);

  private final Launcher launcher;
  private final InstantSource clock;
  private final Consumer<String> news;
  private final List<Watched> all = new ArrayList<>();
  private final Semaphore exits = new Semaphore(0);

  /**
   * @param news takes a line for people about each death and each start
   */
  public Supervisor(Launcher launcher, InstantSource clock, Consumer<String> news) {
    this.launcher = launcher;
    this.clock = clock;
    this.news = news;
  }

  public void watch(ChildProcess child) {
    var watched = new Watched(child.launch());
    watched.runs(child);
    all.add(watched);
  }

  /** Watches until this thread is interrupted. */
  public void run() throws InterruptedException {
    while (true) {
      runOnce();
      var _ = exits.tryAcquire(untilNextStart().toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  /** Looks at each process once; says how many it started. */
  int runOnce() {
    exits.drainPermits();
    int started = 0;
    for (Watched one : all) {
      one.noteDeath();
      started += one.startIfDue() ? 1 : 0;
    }
    return started;
  }

  private Duration untilNextStart() {
    Instant now = clock.instant();
    return all.stream()
        .map(one -> one.dueAt)
        .filter(dueAt -> dueAt != null)
        .map(dueAt -> Duration.between(now, dueAt).plusMillis(1))
        .min(Duration::compareTo)
        .orElse(LONG);
  }

  /** One process: it runs ({@code child}), waits to be started ({@code dueAt}), or has left. */
  private final class Watched {
    private final Launch launch;
    private final FlapBackoff backoff = new FlapBackoff();
    private @Nullable ChildProcess child;
    private @Nullable Instant dueAt;
    private Instant startedAt = Instant.EPOCH;

    Watched(Launch launch) {
      this.launch = launch;
    }

    void runs(ChildProcess started) {
      child = started;
      dueAt = null;
      startedAt = clock.instant();
      started.onExit(exits::release);
    }

    void noteDeath() {
      ChildProcess dead = child;
      if (dead == null || dead.isAlive()) {
        return;
      }
      child = null;
      int code = dead.exitCode().orElseThrow();
      if (launch.stage() == Stage.WORKER && (code == 0 || code == 2)) {
        news.accept(dead.name() + " has drained and left");
        return;
      }
      Instant now = clock.instant();
      Duration lived = Duration.between(startedAt, now);
      later(dead.name() + " died with exit code " + code, backoff.afterDeath(lived), now);
    }

    boolean startIfDue() {
      Instant now = clock.instant();
      if (dueAt == null || now.isBefore(dueAt)) {
        return false;
      }
      try {
        runs(launcher.start(launch));
        return true;
      } catch (Complaint e) {
        later(e.toString(), backoff.afterDeath(Duration.ZERO), now);
        return false;
      }
    }

    private void later(String why, Duration wait, Instant now) {
      dueAt = now.plus(wait);
      news.accept(
          why + "; starting it again" + (wait.isZero() ? "" : " in " + wait.toSeconds() + " s"));
    }
  }
}
