package dev.stint.local.stack;

import java.util.concurrent.atomic.AtomicInteger;
import sun.misc.Signal;

/**
 * Makes SIGINT, SIGTERM and SIGHUP an interrupt of one thread, so that it can stop in order and
 * choose its exit code. A second signal means: now.
 */
public final class StopSignals {
  private final AtomicInteger seen = new AtomicInteger();
  private final Thread interrupted;
  private final Runnable second;

  private StopSignals(Thread interrupted, Runnable second) {
    this.interrupted = interrupted;
    this.second = second;
  }

  /**
   * @param second what to do at the second signal
   */
  public static StopSignals install(Thread interrupted, Runnable second) {
    var signals = new StopSignals(interrupted, second);
    for (String name : new String[] {"INT", "TERM", "HUP"}) {
      Signal.handle(new Signal(name), _ -> signals.arrived());
    }
    return signals;
  }

  /** Whether one has arrived. */
  public boolean asked() {
    return seen.get() > 0;
  }

  private void arrived() {
    if (seen.incrementAndGet() == 1) {
      interrupted.interrupt();
    } else {
      second.run();
    }
  }
}
