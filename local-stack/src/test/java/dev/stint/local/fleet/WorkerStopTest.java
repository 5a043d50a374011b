package dev.stint.local.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stint.local.process.ChildProcess;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Workers that leave: by SIGTERM, by the API, by SIGKILL. */
class WorkerStopTest extends FreshFleet {
  @Test
  void sigterm_with_full_slots_finishes_what_runs_and_starts_nothing_more() throws Exception {
    var leaving = fleet.worker("leaving", 8);
    var running = fleet.api().submit(8, "journal", fleet.journaled(3_000));
    awaitRunning(8);
    var waiting = fleet.api().submit(100, "journal", fleet.journaled(0));

    leaving.terminate();

    assertExit(leaving, 0);
    assertThat(fleet.journal().started()).containsExactlyInAnyOrderElementsOf(running);
    assertThat(fleet.journal().ended()).containsExactlyInAnyOrderElementsOf(running);
    assertThat(fleet.count("journal", "succeeded")).isEqualTo(8);
    assertThat(fleet.count("journal", "queued")).isEqualTo(100);
    assertThat(fleet.api().get("/api/v1/workers").path("items")).isEmpty();

    fleet.worker("next", 8);
    await().atMost(MINUTE).until(() -> fleet.count("journal", "succeeded") == 108);
    assertThat(fleet.journal().started()).doesNotHaveDuplicates().containsAll(waiting).hasSize(108);
    assertThat(fleet.api().job(waiting.getFirst()).path("attempt").asInt()).isEqualTo(1);
  }

  @Test
  void a_worker_asked_by_the_api_drains_while_the_other_goes_on() throws Exception {
    var leaving = fleet.worker("leaving", 4);
    fleet.worker("staying", 4);
    fleet.api().submit(8, "journal", fleet.journaled(1_000));
    awaitRunning(8);

    var answer = fleet.api().call("POST", "/api/v1/workers/" + id("leaving") + "/drain", null);

    assertThat(answer.statusCode()).isEqualTo(202);
    assertExit(leaving, 0);
    fleet.api().submit(20, "journal", fleet.journaled(0));
    await().atMost(MINUTE).until(() -> fleet.count("journal", "succeeded") == 28);
    assertThat(fleet.journal().started()).doesNotHaveDuplicates().hasSize(28);
  }

  @Test
  void what_runs_beyond_the_drain_timeout_is_given_back_uncounted() throws Exception {
    var leaving = fleet.worker("leaving", 2, "--drain-timeout", "1s");
    var id = fleet.api().submit("sleep", Map.of("seconds", 3), Map.of("maxAttempts", 1));
    await().until(() -> fleet.api().state(id).equals("running"));

    leaving.terminate();

    assertExit(leaving, 2);
    assertThat(fleet.api().state(id)).isEqualTo("queued");
    fleet.worker("next", 2);
    await().atMost(MINUTE).until(() -> fleet.api().state(id).equals("succeeded"));
    assertThat(fleet.api().job(id).path("attempt").asInt()).isEqualTo(1);
  }

  @Test
  void while_draining_it_is_not_ready_and_a_second_sigterm_gives_back_at_once() throws Exception {
    var leaving = fleet.worker("leaving", 2);
    var id = fleet.api().submit("sleep", Map.of("seconds", 60));
    await().until(() -> fleet.api().state(id).equals("running"));

    leaving.terminate();
    await().until(() -> state("leaving").equals("draining"));
    assertThat(leaving.launch().ready().getAsBoolean()).isFalse();
    leaving.terminate();

    assertExit(leaving, 2);
    assertThat(fleet.api().state(id)).isEqualTo("queued");
  }

  @Test
  void jobs_of_a_killed_worker_run_again_on_the_other() throws Exception {
    var killed = fleet.worker("killed", 8);
    var ids = fleet.api().submit(8, "journal", fleet.journaled(5_000));
    awaitRunning(8);
    fleet.worker("other", 8);

    fleet.kill("killed");

    await().atMost(MINUTE).until(() -> fleet.count("journal", "succeeded") == 8);
    var journal = fleet.journal();
    for (var id : ids) {
      assertThat(journal.started()).filteredOn(id::equals).hasSize(2);
      assertThat(journal.ended()).filteredOn(id::equals).hasSize(1);
      var job = fleet.api().job(id);
      assertThat(job.path("attempt").asInt()).isEqualTo(2);
      assertThat(job.path("attempts").path(0).path("error").path("kind").asText())
          .isEqualTo("lost");
    }
    assertThat(killed.exitCode()).hasValue(128 + 9);
    await().until(() -> state("killed").equals("lost"));
  }

  @Test
  void a_job_that_loses_its_worker_in_every_attempt_fails_as_lost() throws Exception {
    var id = fleet.api().submit("journal", fleet.journaled(60_000), Map.of("maxAttempts", 2));
    for (var name : List.of("first", "second")) {
      fleet.worker(name, 1);
      await().until(() -> fleet.journal().started().size() == (name.equals("first") ? 1 : 2));
      fleet.kill(name);
    }
    fleet.worker("third", 1);

    await().atMost(MINUTE).until(() -> fleet.api().state(id).equals("failed"));

    var job = fleet.api().job(id);
    assertThat(job.path("error").path("kind").asText()).isEqualTo("lost");
    assertThat(job.path("attempt").asInt()).isEqualTo(2);
    assertThat(fleet.journal().started()).hasSize(2);
  }

  private void awaitRunning(int jobs) {
    await().atMost(MINUTE).until(() -> fleet.journal().started().size() == jobs);
  }

  private static void assertExit(ChildProcess process, int code) throws InterruptedException {
    assertThat(process.awaitExit(MINUTE)).isTrue();
    assertThat(process.exitCode()).hasValue(code);
  }

  private String state(String worker) throws InterruptedException {
    for (var item : fleet.api().get("/api/v1/workers").path("items")) {
      if (item.path("name").asText().equals(worker)) {
        return item.path("state").asText();
      }
    }
    return "";
  }

  private String id(String worker) throws InterruptedException {
    for (var item : fleet.api().get("/api/v1/workers").path("items")) {
      if (item.path("name").asText().equals(worker)) {
        return item.path("id").asText();
      }
    }
    throw new AssertionError("no worker " + worker);
  }
}
