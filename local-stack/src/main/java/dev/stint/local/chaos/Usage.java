package dev.stint.local.chaos;

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
   * @throws IOException if it has just ended
   */
  static Usage of(String name, ChaosStack stack) throws IOException {
    long pid = stack.get(name).pid();
    var links = stack.links(name);
    return new Usage(
        name,
        count(pid, "fd"),
        count(pid, "task"),
        links.redis().connections(),
        links.broker().connections());
  }

  private static long count(long pid, String what) throws IOException {
    try (Stream<Path> entries = Files.list(Path.of("/proc", Long.toString(pid), what))) {
      return entries.count();
    }
  }
}
