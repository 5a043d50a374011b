package dev.stint.local.chaos;

import dev.stint.local.process.Complaint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What a process holds.
 *
 * @param name of the process
 * @param files open file descriptors
 * @param toRedis connections
 * @param toBroker connections
 */
record Usage(String name, long files, long threads, int toRedis, int toBroker) {
  /**
   * As Linux counts it (proc(5)).
   *
   * @param name of a service
   */
  static Usage of(String name, ChaosStack stack) {
    long pid = stack.get(name).pid();
    var links = stack.links(name);
    return new Usage(
        name,
        count(pid, "fd"),
        count(pid, "task"),
        links.redis().connections(),
        links.broker().connections());
  }

  private static long count(long pid, String what) {
    try (Stream<Path> entries = Files.list(Path.of("/proc", Long.toString(pid), what))) {
      return entries.count();
    } catch (IOException e) {
      throw new Complaint("cannot count what process " + pid + " holds", e);
    }
  }
}
