package dev.stint.local.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One run of a handler, as it wrote itself.
 *
 * @param pid process of the worker
 * @param from nanoseconds of the machine's monotonic clock
 * @param to {@link Long#MAX_VALUE} if it never came to an end
 * @param ended whether it ended in good order, to be a success
 */
record Run(String job, String task, int attempt, long pid, long from, long to, boolean ended) {
  /** All runs of a journal, in the order of their starts. */
  static List<Run> read(Path journal) throws IOException {
    return Files.exists(journal) ? parse(Files.readAllLines(journal)) : List.of();
  }

  static List<Run> parse(List<String> lines) {
    var runs = new ArrayList<Run>();
    Map<String, Integer> open = new HashMap<>();
    for (var line : lines) {
      var f = line.split(" ");
      long at = Long.parseLong(f[4]);
      var run = f[1] + " " + f[2] + " " + f[3];
      if (f[0].equals("S")) {
        open.put(run, runs.size());
        runs.add(
            new Run(
                f[1],
                f[5],
                Integer.parseInt(f[2]),
                Long.parseLong(f[3]),
                at,
                Long.MAX_VALUE,
                false));
      } else if (open.containsKey(run)) {
        int index = open.remove(run);
        runs.set(index, runs.get(index).endedAt(at, f[0].equals("E")));
      }
    }
    return runs;
  }

  boolean overlaps(Run other) {
    return from < other.to && other.from < to;
  }

  private Run endedAt(long at, boolean well) {
    return new Run(job, task, attempt, pid, from, Math.max(from, at), well);
  }
}
