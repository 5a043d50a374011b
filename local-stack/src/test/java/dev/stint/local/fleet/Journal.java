package dev.stint.local.fleet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/** What the handlers themselves wrote down: a line at the start and at the end of each run. */
record Journal(List<Entry> entries) {

  /**
   * A line.
   *
   * @param at time of the machine's monotonic clock, the same for all its processes
   */
  record Entry(boolean start, String job, int attempt, long pid, long at) {
    static Entry parse(String line) {
      var fields = line.split(" ");
      return new Entry(
          fields[0].equals("S"),
          fields[1],
          Integer.parseInt(fields[2]),
          Long.parseLong(fields[3]),
          Long.parseLong(fields[4]));
    }
  }

  static Journal read(Path file) throws IOException {
    if (!Files.exists(file)) {
      return new Journal(List.of());
    }
    return new Journal(Files.readAllLines(file).stream().map(Entry::parse).toList());
  }

  List<String> started() {
    return entries.stream().filter(Entry::start).map(Entry::job).toList();
  }

  List<String> ended() {
    return entries.stream().filter(Predicate.not(Entry::start)).map(Entry::job).toList();
  }

  /** How many ran at once at most, over all of a group. */
  Map<Long, Integer> mostAtOnce(Function<Entry, Long> group) {
    var now = new HashMap<Long, Integer>();
    var most = new HashMap<Long, Integer>();
    var inOrder = new ArrayList<>(entries);
    inOrder.sort(Comparator.comparingLong(Entry::at));
    for (var entry : inOrder) {
      var key = group.apply(entry);
      int running = now.merge(key, entry.start() ? 1 : -1, Integer::sum);
      most.merge(key, running, Math::max);
    }
    return most;
  }
}
