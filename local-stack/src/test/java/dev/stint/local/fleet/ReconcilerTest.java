package dev.stint.local.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A broker that forgets everything: what it had is published again, what ran is run again. */
@Order(Fleet.SECOND_LONGEST)
class ReconcilerTest extends FreshFleet {
  private static final Duration LONG = Duration.ofMinutes(4);

  @Test
  @Tag(Fleet.KILLS_ENGINES)
  void queued_jobs_whose_messages_were_lost_all_run_once() throws Exception {
    var ids = fleet.api().submit(600, "journal", fleet.journaled(0));
    await().until(() -> metric("stint_publish_confirmed_total") == 600);

    loseTheBrokersData();
    fleet.worker("worker", 4);

    await().atMost(LONG).until(() -> fleet.count("journal", "succeeded") == 600);
    assertThat(fleet.journal().started())
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(ids);
    assertThat(rescued("queued")).isPositive();
    assertThat(rescued("running")).isZero();
  }

  @Test
  @Tag(Fleet.KILLS_ENGINES)
  void what_a_worker_ran_that_died_with_the_brokers_data_runs_again() throws Exception {
    fleet.worker("first", 4);
    var ids = fleet.api().submit(4, "journal", fleet.journaled(3_000));
    await().until(() -> fleet.journal().started().size() == 4);

    fleet.kill("first");
    loseTheBrokersData();
    fleet.worker("second", 4);

    await().atMost(LONG).until(() -> fleet.count("journal", "succeeded") == 4);
    assertThat(fleet.journal().ended()).containsExactlyInAnyOrderElementsOf(ids);
    assertSecondAttempts(ids);
    assertThat(rescued("running")).isEqualTo(4);
  }

  @Test
  @Tag(Fleet.KILLS_ENGINES)
  void what_a_worker_ran_that_lives_runs_again_after_its_broker_forgot_it() throws Exception {
    fleet.worker("worker", 4);
    var ids = fleet.api().submit(4, "journal", fleet.journaled(3_000));
    await().until(() -> fleet.journal().started().size() == 4);

    loseTheBrokersData();

    await().atMost(LONG).until(() -> fleet.count("journal", "succeeded") == 4);
    assertThat(fleet.journal().ended()).containsExactlyInAnyOrderElementsOf(ids);
    assertSecondAttempts(ids);
    assertThat(rescued("running")).isEqualTo(4);
  }

  @Test
  void jobs_that_wait_long_for_a_slot_are_not_published_again() throws Exception {
    fleet.worker("worker", 1);

    var ids = fleet.api().submit(60, "journal", fleet.journaled(600));

    await().atMost(LONG).until(() -> fleet.count("journal", "succeeded") == 60);
    assertThat(fleet.journal().started()).containsExactlyInAnyOrderElementsOf(ids);
    assertThat(metric("stint_publish_confirmed_total")).isEqualTo(60);
    assertThat(rescued("queued")).isZero();
    assertThat(rescued("running")).isZero();
  }

  private void loseTheBrokersData() throws Exception {
    fleet.kill("broker");
    fleet.wipeBroker();
    fleet.restart("broker");
  }

  private void assertSecondAttempts(List<String> ids) throws Exception {
    for (var id : ids) {
      var job = fleet.api().job(id);
      assertThat(job.path("attempt").asInt()).isEqualTo(2);
      assertThat(job.at("/attempts/0/error/kind").asText()).isEqualTo("lost");
    }
  }

  private double rescued(String from) throws Exception {
    return metric("stint_rescued_total{from=\"" + from + "\"}");
  }

  /** Of the producer. */
  private double metric(String name) throws Exception {
    return fleet
        .api()
        .call("GET", "/q/metrics", null)
        .body()
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length())))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no metric " + name));
  }
}
