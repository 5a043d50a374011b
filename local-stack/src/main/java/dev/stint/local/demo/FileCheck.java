package dev.stint.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stint.local.api.JobsClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Runs the job for one file and looks at what comes back. */
final class FileCheck {
  private static final Set<String> FINAL = Set.of("succeeded", "failed", "cancelled");
  private static final long FIRST_LOOK_MILLIS = 50;
  private static final long MOST_MILLIS = 1_000;

  private final JobsClient jobs;

  FileCheck(JobsClient jobs) {
    this.jobs = jobs;
  }

  /** What became of a file. */
  sealed interface Verdict {}

  record Match() implements Verdict {}

  record Mismatch(Path file, String expected, String got) implements Verdict {}

  record NoResult(Path file, String why) implements Verdict {}

  Verdict check(Path file) throws InterruptedException {
    String id = jobs.submit("sha256", Map.of("path", file.toString()));
    JsonNode job = ended(id);
    if (!job.path("state").asText().equals("succeeded")) {
      return new NoResult(
          file,
          "job "
              + id
              + " "
              + job.path("state").asText()
              + " "
              + job.path("error").path("message").asText());
    }
    String got = Sha256.inLine(jobs.result(id).asText());
    try {
      String expected = Sha256.of(file);
      return got.equals(expected) ? new Match() : new Mismatch(file, expected, got);
    } catch (IOException e) {
      return new NoResult(file, "cannot be read any more");
    }
  }

  /** Looks at the job, less and less often, until it has ended. */
  private JsonNode ended(String id) throws InterruptedException {
    for (long wait = FIRST_LOOK_MILLIS; ; wait = Math.min(MOST_MILLIS, wait * 2)) {
      TimeUnit.MILLISECONDS.sleep(wait);
      JsonNode job = jobs.job(id);
      if (FINAL.contains(job.path("state").asText())) {
        return job;
      }
    }
  }
}
