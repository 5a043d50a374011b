package dev.stint.worker;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A worker's heartbeat: what it says of itself, every {@link #INTERVAL}.
 *
 * @param id unique for each start of a process
 * @param name stays the same over restarts
 * @param mode {@code jvm} or {@code native}
 * @param lanes names of the lanes it listens on, {@code queue/task}
 * @param running ids of the jobs it holds: each from before it is claimed until its last move has
 *     landed
 * @param memory resident set size in bytes
 * @param seenEmpty lanes that had nothing to send, by name, and how many milliseconds before this
 *     heartbeat that was; lanes that were never seen so are absent
 * @param cpu processors used since the last heartbeat: 1.0 is one processor all the time
 */
public record WorkerInfo(
    String id,
    String name,
    String host,
    long pid,
    String version,
    String mode,
    WorkerState state,
    Instant startedAt,
    Instant seenAt,
    SlotUse slots,
    Map<String, Integer> limits,
    List<String> lanes,
    List<String> running,
    Map<String, Long> seenEmpty,
    long memory,
    double cpu) {
  public static final Duration INTERVAL = Duration.ofSeconds(2);

  /** A worker silent for this long is lost. */
  public static final Duration EXPIRY = Duration.ofSeconds(10);

  public WorkerInfo {
    // A worker of an earlier version does not tell.
    seenEmpty = Objects.requireNonNullElse(seenEmpty, Map.of());
  }

  /**
   * Slots of a worker.
   *
   * @param used how many run a job now
   */
  public record SlotUse(int total, int used) {}

  public WorkerInfo withState(WorkerState other) {
    return new WorkerInfo(
        id, name, host, pid, version, mode, other, startedAt, seenAt, slots, limits, lanes, running,
        seenEmpty, memory, cpu);
  }
}
