package dev.stint.work;

import dev.stint.job.Held;
import dev.stint.job.JobId;
import dev.stint.job.JobJournal;
import dev.stint.lane.Lane;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The attempts whose handlers run now in this worker, and the watch over them. One look at all of
 * them every so often replaces a timer for each. Safe for many threads.
 */
public final class RunningAttempts {
  private final Set<RunningAttempt> running = ConcurrentHashMap.newKeySet();
  private final Set<Hold> holds = ConcurrentHashMap.newKeySet();
  private final JobJournal journal;
  private final InstantSource clock;

  public RunningAttempts(JobJournal journal, InstantSource clock) {
    this.journal = journal;
    this.clock = clock;
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
    running.add(attempt);
  }

  void remove(RunningAttempt attempt) {
    running.remove(attempt);
  }

  /** Ids of the jobs that are held now. */
  public List<String> ids() {
    return holds.stream().map(hold -> hold.id.value()).distinct().toList();
  }

  /**
   * Stops handlers that are over their time and writes what the others said; says how many stopped.
   */
  public int watch() {
    var now = clock.instant();
    int overdue = 0;
    for (var attempt : running) {
      if (now.isAfter(attempt.deadline())) {
        attempt.stop(StopReason.TIMEOUT);
        overdue++;
      }
      attempt.flush();
    }
    return overdue;
  }

  /** Stops handlers of jobs that someone cancelled; says how many. */
  public int stopCancelled() {
    if (running.isEmpty()) {
      return 0;
    }
    Set<JobId> cancelled =
        journal.cancelling(running.stream().map(attempt -> attempt.spec().id()).toList());
    running.stream()
        .filter(attempt -> cancelled.contains(attempt.spec().id()))
        .forEach(attempt -> attempt.stop(StopReason.CANCELLED));
    return cancelled.size();
  }

  /** Stops the handlers of a lane's jobs. */
  void stopLane(Lane lane, StopReason reason) {
    running.stream()
        .filter(attempt -> attempt.spec().isFor(lane))
        .forEach(attempt -> attempt.stop(reason));
  }

  /** The rights of all that still run. */
  List<Held> held() {
    return running.stream().map(RunningAttempt::held).toList();
  }

  /** Stops all handlers. */
  void stopAll(StopReason reason) {
    running.forEach(attempt -> attempt.stop(reason));
  }
}
