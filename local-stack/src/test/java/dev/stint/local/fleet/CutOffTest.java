package dev.stint.local.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A worker loses its way to the broker, to Redis, to both; and hangs. Another one is there. */
@Tag(Fleet.KILLS_ENGINES)
@Tag(Fleet.KILLS_REDIS)
@Order(Fleet.LONGEST)
class CutOffTest extends FreshFleet {
  private static final int JOBS = 4;

  private List<String> blockers = List.of();

  @Test
  void without_the_broker_it_stops_its_handlers_and_the_other_runs_the_jobs() throws Exception {
    var paths = fleet.paths();
    var ids = runningOn(paths, 3_000);

    paths.broker().cut();
    freeOther();

    awaitSucceeded(JOBS);
    assertRunAgainOnce(ids);
    paths.broker().mend();
    assertWorksAlone();
  }

  @Test
  void when_packets_to_the_broker_are_lost_the_other_runs_the_jobs() throws Exception {
    var paths = fleet.paths();
    var ids = runningOn(paths, 60_000);

    paths.broker().freeze();
    freeOther();
    await().atMost(MINUTE.multipliedBy(2)).until(() -> startedBy(ids, 2));
    // The first worker has heard nothing either, and has stopped its handlers.
    await().atMost(MINUTE).until(() -> running("cut") == 0);

    for (var id : ids) {
      var job = fleet.api().job(id);
      assertThat(job.path("state").asText()).isEqualTo("running");
      assertThat(job.path("worker").asText()).startsWith("other");
      assertThat(job.path("attempts").path(0).path("error").path("kind").asText())
          .isEqualTo("lost");
    }
    paths.broker().mend();
    fleet.kill("other");
    await().atMost(MINUTE).until(() -> startedBy(ids, 3));
  }

  @Test
  void without_redis_it_ends_what_runs_and_leaves_the_rest_to_the_other() throws Exception {
    var paths = fleet.paths();
    var ids = runningOn(paths, 1_000);

    paths.redis().cut();
    freeOther();
    await().until(() -> fleet.journal().ended().size() == JOBS);
    var rest = fleet.api().submit(40, "journal", fleet.journaled(0));
    await().atMost(MINUTE).until(() -> fleet.count("journal", "succeeded") == rest.size());
    assertThat(fleet.count("journal", "running")).isEqualTo(JOBS);
    paths.redis().mend();

    awaitSucceeded(JOBS + rest.size());
    assertThat(fleet.journal().started()).doesNotHaveDuplicates().containsAll(ids).hasSize(44);
    assertWorksAlone();
  }

  @Test
  void without_both_it_stops_its_handlers_and_the_other_runs_the_jobs() throws Exception {
    var paths = fleet.paths();
    var ids = runningOn(paths, 3_000);

    paths.redis().cut();
    paths.broker().cut();
    freeOther();

    awaitSucceeded(JOBS);
    assertRunAgainOnce(ids);
    paths.redis().mend();
    paths.broker().mend();
    assertWorksAlone();
  }

  @Test
  void when_it_hangs_the_other_runs_its_jobs_and_its_late_results_do_not_count() throws Exception {
    var ids = runningOn(fleet.paths(), 2_000);

    fleet.signal("cut", "STOP");
    freeOther();
    await().atMost(MINUTE.multipliedBy(2)).until(() -> fleet.count("journal", "succeeded") == JOBS);
    fleet.signal("cut", "CONT");

    assertWorksAlone();
    for (var id : ids) {
      var job = fleet.api().job(id);
      assertThat(job.path("state").asText()).isEqualTo("succeeded");
      assertThat(job.path("attempt").asInt()).isEqualTo(2);
      assertThat(job.path("worker").asText()).startsWith("other");
    }
  }

  /** Jobs that run on the worker {@code cut}, while {@code other} is kept busy. */
  private List<String> runningOn(Paths paths, long millis) throws Exception {
    fleet.worker("other", JOBS);
    blockers = fleet.api().submit(JOBS, "sleep", Map.of("seconds", 600));
    await().atMost(MINUTE).until(() -> fleet.count("sleep", "running") == JOBS);
    fleet.worker("cut", JOBS, paths);
    var ids = fleet.api().submit(JOBS, "journal", fleet.journaled(millis));
    await().atMost(MINUTE).until(() -> fleet.journal().started().size() == JOBS);
    return ids;
  }

  /** From now on {@code other} has slots for jobs. */
  private void freeOther() throws Exception {
    for (var id : blockers) {
      assertThat(fleet.api().call("DELETE", "/api/v1/jobs/" + id, null).statusCode() / 100)
          .isEqualTo(2);
    }
  }

  private void awaitSucceeded(int jobs) {
    await().atMost(MINUTE).until(() -> fleet.count("journal", "succeeded") == jobs);
  }

  /** Each began twice, and ended once. */
  private void assertRunAgainOnce(List<String> ids) throws Exception {
    var journal = fleet.journal();
    assertThat(journal.ended()).containsExactlyInAnyOrderElementsOf(ids);
    for (var id : ids) {
      var job = fleet.api().job(id);
      assertThat(job.path("attempt").asInt()).isEqualTo(2);
      assertThat(job.path("worker").asText()).startsWith("other");
      assertThat(job.path("attempts").path(0).path("error").path("kind").asText())
          .isEqualTo("lost");
    }
  }

  /** The worker that was cut off takes jobs again. */
  private void assertWorksAlone() throws Exception {
    fleet.get("other").stop();
    var id = fleet.api().submit("journal", fleet.journaled(0));
    await().atMost(MINUTE).until(() -> fleet.api().state(id).equals("succeeded"));
    assertThat(fleet.api().job(id).path("worker").asText()).startsWith("cut");
  }

  private boolean startedBy(List<String> ids, int times) {
    var started = fleet.journal().started();
    return ids.stream().allMatch(id -> started.stream().filter(id::equals).count() >= times);
  }

  private int running(String worker) throws InterruptedException {
    for (var item : fleet.api().get("/api/v1/workers").path("items")) {
      if (item.path("name").asText().equals(worker)) {
        return item.path("running").size();
      }
    }
    throw new AssertionError("no worker " + worker);
  }
}
