package dev.stint.work;

import dev.stint.job.Held;
import dev.stint.job.JobId;
import dev.stint.job.JobJournal;
import dev.stint.lane.Lane;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * The attempts whose handlers run now in this worker, and the watch over them. One look at all of
 * them every so often replaces a timer for each. Time is measured, not read off a clock, which may
 * be set. Safe for many threads.
 */
public final class RunningAttempts {
  private final Set<Hold> holds = ConcurrentHashMap.newKeySet();

  /** With the nanoseconds when they began. */
  private final Map<RunningAttempt, Long> began = new ConcurrentHashMap<>();

  private final JobJournal journal;
  private final LongSupplier nanos;

  /**
   * @param nanos like System.nanoTime
   */
  public RunningAttempts(JobJournal journal, LongSupplier nanos) {
    this.journal = journal;
    this.nanos = nanos;
  }

  /** A delivery's claim on a job's name in the heartbeat. */
  final class Hold implements AutoCloseable {
    private final JobId id;

    private Hold(JobId id) {
      this.id = id;
    }

    @Override
    public void close() {
      holds.remove(this);
    }
  }

  /**
   * Says that this worker has a delivery of a job, from before the claim until after its last move.
   * A job that runs here and is not held by anyone has lost its delivery.
   */
  Hold hold(JobId id) {
    var hold = new Hold(id);
    holds.add(hold);
    return hold;
  }

  void add(RunningAttempt attempt) {
    began.put(attempt, nanos.getAsLong());
  }

  void remove(RunningAttempt attempt) {
    began.remove(attempt);
  }

  /** Ids of the jobs that are held now. */
  public List<String> ids() {
    return holds.stream().map(hold -> hold.id.value()).distinct().toList();
  }

  /** The time that all that runs now has taken so far, added up. */
  public Duration underWay() {
    long now = nanos.getAsLong();
    return Duration.ofNanos(began.values().stream().mapToLong(start -> now - start).sum());
  }

  /**
   * Stops handlers that are over their time and writes what the others said; says how many stopped.
   */
  public int watch() {
    int overdue = 0;
    for (var entry : began.entrySet()) {
      var attempt = entry.getKey();
      var ranFor = Duration.ofNanos(nanos.getAsLong() - entry.getValue());
      if (ranFor.compareTo(attempt.spec().timeout()) > 0) {
        attempt.stop(StopReason.TIMEOUT);
        overdue++;
      }
      attempt.flush();
    }
    return overdue;
  }

  /** Stops handlers of jobs that someone cancelled; says how many. */
  public int stopCancelled() {
    if (began.isEmpty()) {
      return 0;
    }
    Set<JobId> cancelled =
        journal.cancelling(began.keySet().stream().map(attempt -> attempt.spec().id()).toList());
    began.keySet().stream()
        .filter(attempt -> cancelled.contains(attempt.spec().id()))
        .forEach(attempt -> attempt.stop(StopReason.CANCELLED));
    return cancelled.size();
  }

  /** Stops the handlers of a lane's jobs. */
  void stopLane(Lane lane, StopReason reason) {
    began.keySet().stream()
        .filter(attempt -> attempt.spec().isFor(lane))
        .forEach(attempt -> attempt.stop(reason));
  }

  /** The rights of all that still run. */
  List<Held> held() {
    return began.keySet().stream().map(RunningAttempt::held).toList();
  }

  /** Stops all handlers. */
  void stopAll(StopReason reason) {
    began.keySet().forEach(attempt -> attempt.stop(reason));
  }
}
