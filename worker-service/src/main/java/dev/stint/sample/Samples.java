package dev.stint.sample;

import dev.stint.handler.JobContext;
import dev.stint.handler.JobHandler;
import dev.stint.handler.Outcome;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * The beans of {@code examples/quickstart/stint.yaml}. A catalogue that does not name them has
 * none.
 */
final class Samples {
  private static final int BLOCK = 1 << 20;
  private static final long MILLIS = TimeUnit.SECONDS.toMillis(1);

  /** Does nothing: the cost of a job is then Stint's own. */
  @Produces
  @ApplicationScoped
  @Identifier("noop") JobHandler noop() {
    return context -> Outcome.done();
  }

  /** Powerhose's example: the square of {@code number}. */
  @Produces
  @ApplicationScoped
  @Identifier("square") JobHandler square() {
    return context -> {
      var number = number(context, "number");
      return Outcome.done(number.multiply(number));
    };
  }

  /** Raccoon's example: a report of {@code num} lines, with progress. */
  @Produces
  @ApplicationScoped
  @Identifier("make_report") JobHandler makeReport() {
    return context -> {
      int lines = number(context, "num").intValueExact();
      for (int line = 1; line <= lines; line++) {
        TimeUnit.MILLISECONDS.sleep(10);
        context.progress((double) line / lines);
      }
      List<String> report = IntStream.rangeClosed(1, lines).mapToObj(n -> "line " + n).toList();
      return Outcome.done(Map.of("title", "Report of " + lines, "lines", report));
    };
  }

  /** Sleeps {@code seconds}. */
  @Produces
  @ApplicationScoped
  @Identifier("sleep") JobHandler sleep() {
    return context -> {
      var seconds = number(context, "seconds");
      TimeUnit.MILLISECONDS.sleep(seconds.multiply(BigDecimal.valueOf(MILLIS)).longValue());
      return Outcome.done(Map.of("slept", seconds));
    };
  }

  /** Fails the first {@code failTimes} attempts. */
  @Produces
  @ApplicationScoped
  @Identifier("flaky") JobHandler flaky() {
    return context -> {
      context.log("attempt " + context.attempt());
      if (context.attempt() <= number(context, "failTimes").intValueExact()) {
        throw new IllegalStateException("attempt " + context.attempt() + " fails on purpose");
      }
      return Outcome.done(Map.of("attempt", context.attempt()));
    };
  }

  /**
   * Appends a line to the file {@code path} when it starts and when it ends, {@code millis} later:
   * a record of what ran that does not go through Stint. A line is {@code S|E job attempt pid
   * monotonic-nanoseconds}.
   */
  @Produces
  @ApplicationScoped
  @Identifier("journal") JobHandler journal() {
    return context -> {
      var file = Path.of(String.valueOf(context.params().get("path")));
      note(file, "S", context);
      TimeUnit.MILLISECONDS.sleep(number(context, "millis").longValueExact());
      note(file, "E", context);
      return Outcome.done();
    };
  }

  /** Takes memory until there is none left: shows what a worker does then. */
  @Produces
  @ApplicationScoped
  @Identifier("hoard") JobHandler hoard() {
    return context -> {
      var kept = new ArrayList<byte[]>();
      while (!Thread.interrupted()) {
        kept.add(new byte[BLOCK]);
      }
      return Outcome.done(Map.of("kept", kept.size()));
    };
  }

  private static void note(Path file, String what, JobContext context) throws IOException {
    var line =
        "%s %s %d %d %d%n"
            .formatted(
                what,
                context.jobId(),
                context.attempt(),
                ProcessHandle.current().pid(),
                System.nanoTime());
    // One write in append mode: lines of several processes do not mix.
    Files.writeString(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private static BigDecimal number(JobContext context, String param) {
    var value = context.params().get(param);
    if (value == null) {
      throw new IllegalArgumentException("param " + param + " is missing");
    }
    return new BigDecimal(value.toString());
  }
}
