package dev.stint.work;

import dev.stint.lane.Lane;
import dev.stint.slot.Credits;
import dev.stint.slot.Credits.LaneCredit;
import dev.stint.slot.LaneLink;
import dev.stint.slot.Slots;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * Gives each delivery a slot and a thread, and the broker credit for the slots that are free. Runs
 * on the event loop, except where a method says otherwise.
 */
public final class Dispatcher {
  private static final Logger LOG = Logger.getLogger(Dispatcher.class);

  private final Slots slots;
  private final Credits credits;
  private final JobExecutor executor;
  private final RunningAttempts running;
  private final EventLoop loop;
  private final AtomicBoolean rebalanceAsked = new AtomicBoolean();
  private final Map<Lane, LaneCredit> lanes = new ConcurrentHashMap<>();
  private boolean timerSet;
  private boolean paused;
  private boolean closed;

  Dispatcher(
      Slots slots, Credits credits, JobExecutor executor, RunningAttempts running, EventLoop loop) {
    this.slots = slots;
    this.credits = credits;
    this.executor = executor;
    this.running = running;
    this.loop = loop;
  }

  /** A lane this worker listens on. */
  public final class Listener {
    private final Lane lane;
    private final LaneCredit credit;

    private Listener(Lane lane, LaneLink link) {
      this.lane = lane;
      this.credit = credits.add(lane.task(), link);
      lanes.put(lane, credit);
    }

    /** The lane's link is open and has no credit yet. */
    public void opened() {
      credits.reset(credit);
      rebalanceSoon();
    }

    /** The link is gone, and its deliveries go elsewhere: what runs here of them is in vain. */
    public void lost() {
      credits.reset(credit);
      running.stopLane(lane, StopReason.CONNECTION_LOST);
    }

    /** Takes a delivery: runs it, or gives it back at once if no slot is free. */
    public void arrived(Delivery delivery) {
      credits.arrived(credit);
      var slot = closed || paused ? null : slots.take(lane.task());
      if (slot == null) {
        credits.refused(credit);
        delivery.release();
      } else {
        Thread.ofVirtual().name("job").start(() -> run(delivery, slot));
      }
      rebalanceSoon();
    }

    private void run(Delivery delivery, Slots.Slot slot) {
      try {
        executor.run(lane, delivery);
      } catch (Throwable bug) {
        LOG.errorf(bug, "attempt broke off, delivery released lane=%s", lane);
        delivery.release();
      } finally {
        slot.close();
        rebalanceSoon();
      }
    }
  }

  /** Begins to note which lanes are empty. For any thread. */
  void start() {
    loop.execute(this::look);
  }

  private void look() {
    if (!closed) {
      credits.look();
      loop.after(Credits.LOOK, this::look);
    }
  }

  /**
   * The lanes that had nothing to send, by name, and how many milliseconds ago. For any thread.
   *
   * @param nanoTime now, by the clock of the credits
   */
  Map<String, Long> seenEmpty(long nanoTime) {
    var ages = new TreeMap<String, Long>();
    lanes.forEach((lane, credit) -> {
      var at = credit.emptyAt();
      if (at != null) {
        ages.put(lane.toString(), Math.max(0, (nanoTime - at) / 1_000_000));
      }
    });
    return ages;
  }

  public Listener listen(Lane lane, LaneLink link) {
    return new Listener(lane, link);
  }

  /**
   * Whether deliveries are wanted. While not, credit is revoked and what still comes is released,
   * so that workers that can do something with it have it. For any thread.
   */
  public void listen(boolean wanted) {
    loop.execute(() -> {
      if (paused == wanted) {
        paused = !wanted;
        if (paused) {
          credits.pause();
        } else {
          credits.resume();
          rebalance();
        }
      }
    });
  }

  /** Takes no more deliveries: credit is revoked, and what still comes is released. */
  public void close() {
    closed = true;
    credits.close();
  }

  /** For any thread. Many slots that get free at once are one rebalance. */
  private void rebalanceSoon() {
    if (rebalanceAsked.compareAndSet(false, true)) {
      loop.execute(this::rebalance);
    }
  }

  private void rebalance() {
    rebalanceAsked.set(false);
    if (credits.rebalance() && !timerSet) {
      timerSet = true;
      loop.after(Credits.PATIENCE.plusMillis(1), this::patienceOver);
    }
  }

  private void patienceOver() {
    timerSet = false;
    rebalance();
  }
}
