package dev.stint.exec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.stint.handler.JobContext;
import dev.stint.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * Reads a command's stderr: each line goes to the job's log, except a line that is a JSON object
 * with a number {@code progress} from 0 to 1, which sets the job's progress.
 */
final class ErrorLines implements Runnable {
  /** Longer lines are cut: a flood must not fill this worker's memory. */
  static final int LONGEST_LINE = 4_096;

  private final InputStream stderr;
  private final JobContext context;
  private final byte[] line = new byte[LONGEST_LINE];
  private int length;
  private volatile String last = "";

  ErrorLines(InputStream stderr, JobContext context) {
    this.stderr = stderr;
    this.context = context;
  }

  /** The last line that was not progress. */
  String last() {
    return last;
  }

  @Override
  public void run() {
    var buffer = new byte[8_192];
    try (stderr) {
      for (int read; (read = stderr.read(buffer)) >= 0; ) {
        for (int i = 0; i < read; i++) {
          take(buffer[i]);
        }
      }
    } catch (IOException closed) {
      // The command was killed; what came until then stands in the log.
    }
    if (length > 0) {
      end();
    }
  }

  private void take(byte next) {
    if (next == '\n') {
      end();
    } else if (length < line.length) {
      line[length++] = next;
    }
  }

  private void end() {
    var text = new String(line, 0, length, StandardCharsets.UTF_8).stripTrailing();
    length = 0;
    double progress = progress(text);
    if (progress >= 0) {
      context.progress(progress);
    } else {
      last = text.isEmpty() ? last : text;
      context.log(text);
    }
  }

  /** What the line says of progress; -1 if it is an ordinary line. */
  private static double progress(String text) {
    if (!text.startsWith("{")) {
      return -1;
    }
    try {
      JsonNode said = Json.MAPPER.readTree(text).path("progress");
      double fraction = said.asDouble(-1);
      return said.isNumber() && fraction >= 0 && fraction <= 1 ? fraction : -1;
    } catch (JsonProcessingException ordinary) {
      return -1;
    }
  }
}
