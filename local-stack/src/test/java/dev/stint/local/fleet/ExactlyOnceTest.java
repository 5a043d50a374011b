package dev.stint.local.fleet;

import static java.util.concurrent.TimeUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Two workers, many jobs, no faults. */
class ExactlyOnceTest extends FreshFleet {
  @Test
  void ten_thousand_jobs_each_run_once_and_heartbeats_stay_fresh() throws Exception {
    fleet.worker("a", 20);
    fleet.worker("b", 20);

    var ids = fleet.api().submit(10_000, "journal", fleet.journaled(0));
    await()
        .atMost(5, MINUTES)
        .until(() -> {
          assertHeartbeatsAreFresh();
          return fleet.count("journal", "succeeded") == ids.size();
        });

    var journal = fleet.journal();
    assertThat(journal.started()).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(ids);
    assertThat(journal.ended()).doesNotHaveDuplicates().hasSize(ids.size());
    assertThat(journal.mostAtOnce(Journal.Entry::pid))
        .hasSize(2)
        .allSatisfy((_, n) -> assertThat(n).isBetween(1, 20));
    assertThat(fleet.count("journal", "queued")).isZero();
    assertThat(fleet.count("journal", "running")).isZero();
  }

  @Test
  void limits_are_never_overshot() throws Exception {
    fleet.worker("a", 5, "--limit", "journal=2");
    var some = fleet.api().submit(100, "journal", fleet.journaled(5));
    var others = fleet.api().submit(100, "other-journal", fleet.journaled(5));

    await()
        .atMost(2, MINUTES)
        .until(() ->
            fleet.count("journal", "succeeded") + fleet.count("other-journal", "succeeded")
                == some.size() + others.size());

    var all = fleet.journal();
    assertThat(all.started()).doesNotHaveDuplicates().hasSize(200);
    assertThat(all.mostAtOnce(_ -> 0L).get(0L)).isBetween(1, 5);
    var limited = new Journal(all.entries().stream().filter(e -> some.contains(e.job())).toList());
    assertThat(limited.mostAtOnce(_ -> 0L).get(0L)).isBetween(1, 2);
  }

  private void assertHeartbeatsAreFresh() throws InterruptedException {
    for (var worker : fleet.api().get("/api/v1/workers").path("items")) {
      assertThat(worker.path("state").asText()).isEqualTo("running");
      var seen = Instant.parse(worker.path("seenAt").asText());
      assertThat(Duration.between(seen, Instant.now())).isLessThan(Duration.ofSeconds(10));
    }
  }
}
