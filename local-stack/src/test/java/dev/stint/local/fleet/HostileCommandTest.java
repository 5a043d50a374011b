package dev.stint.local.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stint.local.process.ProcessMemory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Commands that do what a command should not; the worker they run on stays well. */
class HostileCommandTest {
  private static final String CATALOGUE =
      """
      tasks:
        endless:
          exec: [sh, -c, 'echo $$ > {folder}/endless; exec sleep 100000']
          timeout: 1s
        flood:
          exec: ["yes"]
        huge:
          exec: [head, -c, "104857600", /dev/zero]
        chatty:
          exec: [sh, -c, 'head -c 104857600 /dev/zero | tr "\\0" x >&2; exit 3']
        forking:
          exec: [sh, -c, 'sleep 100000 & echo $! > {folder}/forking; echo 1']
        signalled:
          exec: [sh, -c, 'kill -SEGV $$']
        garbled:
          exec: {command: [echo, "{not json"], output: json}
        fine:
          exec: {command: [echo, "42"], output: json}
      """;

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private Path folder;

  @Test
  void each_fails_with_its_reason_and_the_worker_goes_on() throws Exception {
    var expected =
        new LinkedHashMap<>(
            Map.of(
                "endless", "timeout",
                "flood", "result",
                "huge", "result",
                "chatty", "exit",
                "signalled", "exit",
                "garbled", "result"));
    try (var fleet = Fleet.start(folder, catalogue())) {
      var worker = fleet.worker("worker", 10);
      var ids = new LinkedHashMap<String, String>();
      for (var task : expected.keySet()) {
        ids.put(task, fleet.api().submit(task, Map.of("folder", folder.toString())));
      }
      var forking = fleet.api().submit("forking", Map.of("folder", folder.toString()));

      for (var task : expected.keySet()) {
        await()
            .atMost(FreshFleet.MINUTE)
            .until(() -> fleet.api().state(ids.get(task)).equals("failed"));
        assertThat(error(fleet.api().job(ids.get(task)))).as(task).isEqualTo(expected.get(task));
      }
      await().atMost(FreshFleet.MINUTE).until(() -> fleet.api().state(forking).equals("succeeded"));
      await().until(() -> hasEnded("endless") && hasEnded("forking"));

      var fine = fleet.api().submit("fine", Map.of("folder", folder.toString()));
      await().atMost(FreshFleet.MINUTE).until(() -> fleet.api().state(fine).equals("succeeded"));
      assertThat(worker.isAlive()).isTrue();
      // 100 MiB went by twice, and were not kept.
      assertThat(ProcessMemory.of(worker.pid()).resident()).isLessThan(400_000_000);
    }
  }

  private Path catalogue() throws Exception {
    var lanes =
        CATALOGUE.replaceAll(
            "(?m)^(  [a-z]+:)$",
            "$1\n    queues: [\"\\${FLEET_PREFIX:}default\"]\n    retry: {maxAttempts: 1}");
    return Files.writeString(folder.resolve("hostile.yaml"), lanes);
  }

  private static String error(JsonNode job) {
    return job.path("error").path("kind").asText();
  }

  /** Whether the process that wrote its id to this file is gone. */
  private boolean hasEnded(String file) throws Exception {
    var pid = Long.parseLong(Files.readString(folder.resolve(file)).strip());
    return ProcessHandle.of(pid).map(process -> !process.isAlive()).orElse(true);
  }
}
