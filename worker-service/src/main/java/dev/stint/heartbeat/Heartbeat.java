package dev.stint.heartbeat;

import dev.stint.job.StoreUnavailableException;
import dev.stint.slot.Slots;
import dev.stint.work.RunningAttempts;
import dev.stint.worker.WorkerInfo;
import dev.stint.worker.WorkerInfo.SlotUse;
import dev.stint.worker.WorkerRegistry;
import dev.stint.worker.WorkerState;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Says every {@link WorkerInfo#INTERVAL} that this worker lives and what it does, on a platform
 * thread of its own, so that no load of jobs can silence it. Recovery does not hang on it: the
 * broker notices a dead worker by itself.
 */
public final class Heartbeat implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(Heartbeat.class);

  private final WorkerIdentity identity;
  private final WorkerRegistry registry;
  private final Load load;
  private final InstantSource clock;
  private final ProcessFigures figures = new ProcessFigures(System::nanoTime);
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("heartbeat").factory());
  private volatile WorkerState state = WorkerState.RUNNING;

  /** Written by the timer, read by probes. */
  private volatile boolean heard;

  private boolean storeAway;

  /** Who wants to know what came of a beat; called after each. */
  public interface Listener {
    /** Someone asked this worker to drain; said again with every beat. */
    void drainAsked();

    /** Whether the store took the beat: one that does not can take no claims either. */
    void heard(boolean heard);
  }

  /**
   * What a worker carries.
   *
   * @param seenEmpty lanes by name, and how many milliseconds ago they were seen empty
   */
  public record Load(
      Slots slots,
      RunningAttempts running,
      Map<String, Integer> limits,
      List<String> lanes,
      Supplier<Map<String, Long>> seenEmpty) {}

  public Heartbeat(
      WorkerIdentity identity, WorkerRegistry registry, Load load, InstantSource clock) {
    this.identity = identity;
    this.registry = registry;
    this.load = load;
    this.clock = clock;
  }

  /** Begins, with a first beat at once. */
  public void start(Listener listener) {
    timer.scheduleAtFixedRate(
        () -> runOnce(listener), 0, WorkerInfo.INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Whether the store took the last beat: then this worker can claim jobs. For any thread. */
  public boolean isHeard() {
    return heard;
  }

  /** The worker takes no more jobs: told at once. */
  public void draining() {
    state = WorkerState.DRAINING;
    timer.execute(this::beat);
  }

  /** Stops, and takes this worker off the list. */
  @Override
  public void close() {
    timer.close();
    try {
      registry.remove(identity.id());
    } catch (StoreUnavailableException e) {
      LOG.warnf("worker could not sign off, it will be listed as lost worker=%s", identity.id());
    }
  }

  private void runOnce(Listener listener) {
    boolean drainAsked = beat();
    try {
      listener.heard(heard);
      if (drainAsked) {
        listener.drainAsked();
      }
    } catch (RuntimeException bug) {
      LOG.error("heartbeat was not listened to", bug);
    }
  }

  /** Tells what this worker does; says whether it was asked to drain. */
  private boolean beat() {
    boolean drainAsked = false;
    try {
      registry.beat(info());
      heard = true;
      drainAsked = registry.drainAsked(identity.id());
      if (storeAway) {
        LOG.info("store is back");
      }
      storeAway = false;
    } catch (StoreUnavailableException e) {
      heard = false;
      if (!storeAway) {
        LOG.warnf("store is away, heartbeats cannot be seen cause=%s", e.getMessage());
      }
      storeAway = true;
    } catch (RuntimeException | Error bug) {
      // An error that was thrown on would end the beats, unseen.
      heard = false;
      LOG.error("heartbeat failed", bug);
    }
    return drainAsked;
  }

  private WorkerInfo info() {
    return new WorkerInfo(
        identity.id(),
        identity.name(),
        identity.host(),
        identity.pid(),
        identity.version(),
        identity.mode(),
        state,
        identity.startedAt(),
        clock.instant(),
        new SlotUse(load.slots().total(), load.slots().used()),
        load.limits(),
        load.lanes(),
        load.running().ids(),
        load.seenEmpty().get(),
        figures.memory(),
        figures.cpu());
  }
}
