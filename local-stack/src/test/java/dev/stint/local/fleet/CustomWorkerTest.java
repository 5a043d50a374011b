package dev.stint.local.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The worker of examples/custom-worker, built as its README says, beside one of Stint's own. */
class CustomWorkerTest {
  @TempDir private Path folder;

  @Test
  void a_users_own_worker_runs_the_tasks_of_its_beans() throws Exception {
    var program = CustomWorker.build();
    try (var fleet = Fleet.start(folder, CustomWorker.CATALOGUE)) {
      fleet.worker("plain", 2);
      fleet.worker("custom", 2, program);
      var text = "A rose is a rose is a rose, is it?";

      var id = fleet.api().submit("top-words", Map.of("text", text));
      var empty = fleet.api().submit("top-words", Map.of("text", "1 2 3"));
      await()
          .atMost(FreshFleet.MINUTE)
          .until(() ->
              fleet.api().state(id).equals("succeeded")
                  && fleet.api().state(empty).equals("failed"));

      assertThat(fleet.api().get("/api/v1/jobs/" + id + "/result").toString())
          .isEqualTo(
              "[{\"word\":\"a\",\"count\":3},{\"word\":\"is\",\"count\":3},{\"word\":\"rose\",\"count\":3}]");
      assertThat(fleet.api().job(id).path("worker").asText()).startsWith("custom-");
      assertThat(fleet.api().job(empty).path("error").path("message").asText())
          .isEqualTo("no word in the text");
      fleet.get("custom").terminate();
      assertThat(fleet.get("custom").awaitExit(FreshFleet.MINUTE)).isTrue();
      assertThat(fleet.get("custom").exitCode()).hasValue(0);
    }
  }
}
