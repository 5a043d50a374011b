package dev.stint.upkeep;

import dev.stint.worker.WorkerInfo;
import dev.stint.worker.WorkerRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Reads the heartbeats again and again, and times them by this process's own nanosecond clock: a
 * worker lives if its heartbeat changes. So it does not matter what the clocks of the machines say.
 * For one thread.
 */
final class RollCall {
  /** After so long without a call nobody knows what the workers did meanwhile: it begins anew. */
  private static final Duration GAP = WorkerInfo.EXPIRY;

  /** Since when a heartbeat may be there that was found by the first call: older than any note. */
  private static final Duration ANY_AGE = Duration.ofDays(1);

  private final WorkerRegistry workers;
  private final InstantSource clock;
  private final LongSupplier nanoTime;
  private Map<String, Presence> known = Map.of();
  private boolean begun;
  private long calledAt;

  RollCall(WorkerRegistry workers, InstantSource clock, LongSupplier nanoTime) {
    this.workers = workers;
    this.clock = clock;
    this.nanoTime = nanoTime;
  }

  /**
   * A worker's last heartbeat. Times are those of the nanosecond clock.
   *
   * @param after it was not there yet at this time
   * @param noticed when it was first read
   */
  record Presence(WorkerInfo info, long after, long noticed) {}

  /**
   * Calls all workers.
   *
   * @throws dev.stint.job.StoreUnavailableException and begins anew with the next call, since the
   *     workers could not be heard either
   */
  Roll call() {
    long now = nanoTime.getAsLong();
    boolean anew = !begun || now - calledAt > GAP.toNanos();
    begun = false;
    var heard = new HashMap<String, Presence>();
    for (var info : workers.list(clock.instant())) {
      var last = anew ? null : known.get(info.id());
      boolean isNew = last == null || !last.info().seenAt().equals(info.seenAt());
      heard.put(
          info.id(),
          isNew ? new Presence(info, anew ? now - ANY_AGE.toNanos() : calledAt, now) : last);
    }
    known = Map.copyOf(heard);
    calledAt = now;
    begun = true;
    return new Roll(now, anew, known);
  }
}
