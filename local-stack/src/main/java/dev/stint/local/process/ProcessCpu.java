package dev.stint.local.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** The processor time of a process, as Linux counts it (proc(5), {@code /proc/PID/stat}). */
public final class ProcessCpu {
  /** {@code USER_HZ}: 100 on every architecture that Linux gives to user space. */
  private static final long TICK_NANOS = 10_000_000;

  /** Fields 14 and 15 of the line are utime and stime; the third follows the program's name. */
  private static final int UTIME_AFTER_NAME = 14 - 3;

  private ProcessCpu() {}

  /**
   * User and system time since its start, in steps of 10 ms; threads that ended are counted too.
   */
  public static Duration of(long pid) {
    try {
      return parse(Files.readString(Path.of("/proc", Long.toString(pid), "stat")));
    } catch (IOException e) {
      throw new Complaint("cannot read the processor time of process " + pid, e);
    }
  }

  static Duration parse(String stat) {
    // The name stands in parentheses and may hold spaces and parentheses itself.
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    long ticks =
        Long.parseLong(fields[UTIME_AFTER_NAME]) + Long.parseLong(fields[UTIME_AFTER_NAME + 1]);
    return Duration.ofNanos(ticks * TICK_NANOS);
  }
}
