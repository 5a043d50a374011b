package dev.stint.local.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The memory of a process, as Linux counts it (proc(5), {@code /proc/PID/smaps_rollup}).
 *
 * @param resident bytes in memory, pages of shared files among them
 * @param unshared bytes that nobody else has: what one more process of this kind would cost
 */
public record ProcessMemory(long resident, long unshared) {
  private static final int KIB = 1024;

  public static ProcessMemory of(long pid) {
    try {
      return parse(Files.readAllLines(Path.of("/proc", Long.toString(pid), "smaps_rollup")));
    } catch (IOException e) {
      throw new Complaint("cannot read the memory of process " + pid, e);
    }
  }

  static ProcessMemory parse(List<String> lines) {
    return new ProcessMemory(
        sum(lines, "Rss:"), sum(lines, "Private_Clean:") + sum(lines, "Private_Dirty:"));
  }

  private static long sum(List<String> lines, String field) {
    return lines.stream()
        .filter(line -> line.startsWith(field))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * KIB)
        .sum();
  }
}
