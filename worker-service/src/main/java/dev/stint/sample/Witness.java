package dev.stint.sample;

import dev.stint.handler.JobContext;
import dev.stint.handler.JobHandler;
import dev.stint.handler.Outcome;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The bean {@code witness} of {@code ./stint chaos}: appends a line to the file {@code path} when a
 * run starts and when it ends {@code millis} later, so that what ran is known without Stint. It
 * fails in the first {@code failTimes} attempts. A line is {@code S|E|F job attempt pid
 * monotonic-nanoseconds task}: started; ended, to be a success; failed or was interrupted.
 */
@ApplicationScoped
@Identifier("witness") class Witness implements JobHandler {
  @Override
  public Outcome handle(JobContext context) throws Exception {
    note("S", context);
    try {
      TimeUnit.MILLISECONDS.sleep(number(context, "millis"));
      if (context.attempt() <= number(context, "failTimes")) {
        throw new IllegalStateException("attempt " + context.attempt() + " fails on purpose");
      }
    } catch (InterruptedException | RuntimeException e) {
      note("F", context);
      throw e;
    }
    note("E", context);
    return Outcome.done(Map.of("attempt", context.attempt()));
  }

  /** By a stream and not a channel: an interrupt must not keep a line from being written. */
  private static void note(String what, JobContext context) throws IOException {
    var line =
        "%s %s %d %d %d %s%n"
            .formatted(
                what,
                context.jobId(),
                context.attempt(),
                ProcessHandle.current().pid(),
                System.nanoTime(),
                context.task());
    // One write in append mode: lines of several processes do not mix.
    try (var file = new FileOutputStream(String.valueOf(context.params().get("path")), true)) {
      file.write(line.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static long number(JobContext context, String param) {
    return Long.parseLong(String.valueOf(context.params().getOrDefault(param, 0)));
  }
}
