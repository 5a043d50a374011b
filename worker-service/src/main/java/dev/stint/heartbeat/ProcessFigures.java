package dev.stint.heartbeat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Memory and processor use of this process, as Linux tells them (proc(5)); elsewhere what the JDK
 * knows. For one thread.
 */
final class ProcessFigures {
  private static final Path STATUS = Path.of("/proc/self/status");

  private final LongSupplier nanoTime;
  private long lastCpu;
  private long lastTime;

  ProcessFigures(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.lastTime = nanoTime.getAsLong();
    this.lastCpu = cpuNanos();
  }

  /** Resident set size in bytes; heap in use where that cannot be known. */
  long memory() {
    try (var lines = Files.lines(STATUS)) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .map(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
          .findFirst()
          .orElse(0L);
    } catch (IOException notLinux) {
      return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
  }

  /** Processors used since the last call, to two digits. */
  double cpu() {
    long cpu = cpuNanos();
    long time = nanoTime.getAsLong();
    double used = time == lastTime ? 0 : (double) (cpu - lastCpu) / (time - lastTime);
    lastCpu = cpu;
    lastTime = time;
    return Math.round(used * 100) / 100.0;
  }

  private static long cpuNanos() {
    return ProcessHandle.current().info().totalCpuDuration().map(Duration::toNanos).orElse(0L);
  }
}
