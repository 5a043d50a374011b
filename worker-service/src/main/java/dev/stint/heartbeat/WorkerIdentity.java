package dev.stint.heartbeat;

import java.time.Instant;

/**
 * Who this worker is, for as long as the process lives.
 *
 * @param id unique for each start
 * @param name stays the same over restarts
 * @param mode {@code jvm} or {@code native}
 */
public record WorkerIdentity(
    String id, String name, String host, long pid, String version, String mode, Instant startedAt) {

  /** Names this start of a worker. */
  public static WorkerIdentity of(String name, String host, String version, Instant startedAt) {
    long pid = ProcessHandle.current().pid();
    var id = name + "-" + Long.toString(startedAt.toEpochMilli(), 36) + "-" + pid;
    var mode = System.getProperty("org.graalvm.nativeimage.imagecode") == null ? "jvm" : "native";
    return new WorkerIdentity(id, name, host, pid, version, mode, startedAt);
  }
}
