package dev.stint.local.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The memory of a process, as Linux counts it (proc(5), {@code /proc/PID/status}).
 *
 * @param resident bytes in memory, pages of its program file and of libraries among them
 * @param anonymous bytes of it that are no file's: what one more process of this kind would cost
 */
public record ProcessMemory(long resident, long anonymous) {
  private static final int KIB = 1024;

  public static ProcessMemory of(long pid) {
    try {
      return parse(Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")));
    } catch (IOException e) {
      throw new Complaint("cannot read the memory of process " + pid, e);
    }
  }

  static ProcessMemory parse(List<String> lines) {
    return new ProcessMemory(value(lines, "VmRSS:"), value(lines, "RssAnon:"));
  }

  private static long value(List<String> lines, String field) {
    return lines.stream()
        .filter(line -> line.startsWith(field))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * KIB)
        .findFirst()
        .orElseThrow(() -> new Complaint("this system does not tell " + field));
  }
}
