package dev.stint.local.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A job as Stint shows it.
 *
 * @param worker id of the worker of the last attempt; empty if there was none
 * @param failures kinds of failure of its attempts, oldest first
 */
record JobRecord(
    String id,
    String lane,
    String state,
    int attempt,
    int maxAttempts,
    String worker,
    List<String> failures) {
  static final Set<String> FINAL = Set.of("succeeded", "failed", "cancelled");

  JobRecord {
    failures = List.copyOf(failures);
  }

  static JobRecord of(JsonNode job) {
    var failures = new ArrayList<String>();
    for (var attempt : job.path("attempts")) {
      if (attempt.has("error")) {
        failures.add(attempt.path("error").path("kind").asText());
      }
    }
    return new JobRecord(
        job.path("id").asText(),
        job.path("queue").asText() + ":" + job.path("task").asText(),
        job.path("state").asText(),
        job.path("attempt").asInt(),
        job.path("maxAttempts").asInt(),
        job.path("worker").asText(""),
        failures);
  }

  boolean isFinal() {
    return FINAL.contains(state);
  }

  /** How many of its attempts lost their worker. */
  long lost() {
    return failures.stream().filter("lost"::equals).count();
  }

  /** The process of its last attempt: a worker's id ends with it. */
  long pid() {
    var pid = worker.substring(worker.lastIndexOf('-') + 1);
    return pid.isEmpty() ? -1 : Long.parseLong(pid);
  }
}
