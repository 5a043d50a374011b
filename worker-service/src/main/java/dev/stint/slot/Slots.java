package dev.stint.slot;

import dev.stint.worker.SlotLimits;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A worker's capacity. A job takes a slot before it is claimed and keeps it until its delivery is
 * settled, so never more than the total, and never more of a task than its limit, run at once. Safe
 * for many threads.
 */
public final class Slots {
  private final SlotLimits limits;
  private final Map<String, Integer> usedByTask = new HashMap<>();
  private int used;

  public Slots(SlotLimits limits) {
    this.limits = limits;
  }

  /** One unit of capacity, given back once by {@link #close()}. */
  public final class Slot implements AutoCloseable {
    private final String task;
    private boolean open = true;

    private Slot(String task) {
      this.task = task;
    }

    @Override
    public void close() {
      synchronized (Slots.this) {
        if (open) {
          open = false;
          used--;
          usedByTask.merge(task, -1, Integer::sum);
          if (used == 0) {
            Slots.this.notifyAll();
          }
        }
      }
    }
  }

  /** A slot for a job of this task; null if all are taken or the task is at its limit. */
  public synchronized @Nullable Slot take(String task) {
    if (freeFor(task) < 1) {
      return null;
    }
    used++;
    usedByTask.merge(task, 1, Integer::sum);
    return new Slot(task);
  }

  public int total() {
    return limits.total();
  }

  public synchronized int used() {
    return used;
  }

  public synchronized int free() {
    return limits.total() - used;
  }

  /**
   * Waits until no slot is taken.
   *
   * @return false if that took longer
   */
  public synchronized boolean awaitEmpty(Duration most) throws InterruptedException {
    long deadline = System.nanoTime() + most.toNanos();
    long left;
    while (used > 0 && (left = deadline - System.nanoTime()) > 0) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
    return used == 0;
  }

  /** How many more jobs of this task may start now. */
  public synchronized int freeFor(String task) {
    return Math.min(limits.total() - used, limits.of(task) - usedByTask.getOrDefault(task, 0));
  }
}
