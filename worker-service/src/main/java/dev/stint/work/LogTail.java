package dev.stint.work;

import static dev.stint.job.FailedAttempt.MOST_BYTES;
import static dev.stint.job.FailedAttempt.MOST_LINES;

import dev.stint.job.JobJournal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;

/** The last lines that an attempt logged, to be kept if it fails. Not safe for many threads. */
final class LogTail {
  private final ArrayDeque<String> lines = new ArrayDeque<>(1);

  void add(String line) {
    if (lines.size() == MOST_LINES) {
      lines.removeFirst();
    }
    lines.addLast(JobJournal.cut(line));
  }

  /** Oldest first; as many of the last ones as have room. */
  List<String> lines() {
    var kept = new ArrayDeque<String>();
    int bytes = 0;
    for (var newest = lines.descendingIterator(); newest.hasNext(); ) {
      var line = newest.next();
      bytes += line.getBytes(StandardCharsets.UTF_8).length;
      if (bytes > MOST_BYTES) {
        break;
      }
      kept.addFirst(line);
    }
    return List.copyOf(kept);
  }
}
