package dev.stint.local.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** Workers come and go while jobs are sent and run. */
class ScaleTest extends FreshFleet {
  private static final int JOBS = 10_000;

  @Test
  void from_one_to_five_to_two_workers_each_job_runs_once() throws Exception {
    fleet.worker("w1", 10);
    try (var client = Executors.newVirtualThreadPerTaskExecutor()) {
      var submitted = client.submit(() -> fleet.api().submit(JOBS, "journal", fleet.journaled(20)));
      awaitDone(JOBS / 10);
      for (var name : List.of("w2", "w3", "w4", "w5")) {
        fleet.startWorker(name, 10);
      }
      await()
          .atMost(MINUTE)
          .until(() -> fleet.journal().mostAtOnce(Journal.Entry::pid).size() == 5);
      awaitDone(JOBS / 4);

      var leaving = List.of(fleet.get("w1"), fleet.get("w3"), fleet.get("w4"));
      leaving.forEach(worker -> worker.terminate());
      for (var worker : leaving) {
        assertThat(worker.awaitExit(MINUTE)).isTrue();
        assertThat(worker.exitCode()).as(worker.name()).hasValue(0);
      }
      assertThat(fleet.count("journal", "succeeded")).isLessThan(JOBS);

      var ids = submitted.get();
      awaitDone(JOBS);
      var journal = fleet.journal();
      assertThat(journal.started())
          .doesNotHaveDuplicates()
          .containsExactlyInAnyOrderElementsOf(ids);
      assertThat(journal.ended()).doesNotHaveDuplicates().hasSize(JOBS);
      assertThat(journal.mostAtOnce(Journal.Entry::pid))
          .allSatisfy((_, n) -> assertThat(n).isBetween(1, 10));
    }
  }

  private void awaitDone(int jobs) {
    await().atMost(MINUTE.multipliedBy(5)).until(() -> fleet.count("journal", "succeeded") >= jobs);
  }
}
