package dev.stint.local.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Broker, Redis and producer go away and come back; nothing accepted is lost. */
@Tag(Fleet.KILLS_ENGINES)
class EngineOutageTest extends FreshFleet {
  @BeforeEach
  void letEnginesWriteDownWhatTheyAre() {
    fleet.awaitWritten();
  }

  @Test
  void jobs_are_accepted_without_the_broker_and_run_when_it_is_back() throws Exception {
    fleet.worker("worker", 4);
    fleet.kill("broker");

    var ids = fleet.api().submit(50, "journal", fleet.journaled(0));
    assertThat(fleet.count("journal", "queued")).isEqualTo(50);
    fleet.restart("broker");

    await().atMost(MINUTE).until(() -> fleet.count("journal", "succeeded") == 50);
    assertThat(fleet.journal().started())
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(ids);
  }

  @Test
  void a_job_that_runs_when_the_broker_dies_runs_again() throws Exception {
    fleet.worker("worker", 4);
    var id = fleet.api().submit("journal", fleet.journaled(2_000));
    await().until(() -> fleet.journal().started().size() == 1);

    fleet.kill("broker");
    fleet.restart("broker");

    await().atMost(MINUTE).until(() -> fleet.api().state(id).equals("succeeded"));
    assertThat(fleet.journal().ended()).containsExactly(id);
    assertThat(fleet.api().job(id).path("attempt").asInt()).isEqualTo(2);
  }

  @Test
  @Tag(Fleet.KILLS_REDIS)
  void without_redis_requests_are_refused_and_what_runs_ends_when_it_is_back() throws Exception {
    fleet.worker("worker", 4);
    var id = fleet.api().submit("journal", fleet.journaled(1_000));
    await().until(() -> fleet.journal().started().size() == 1);

    fleet.kill("redis");
    var answer =
        fleet.api().call("POST", "/api/v1/jobs", "{\"task\":\"square\",\"params\":{\"number\":1}}");
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    await().until(() -> fleet.journal().ended().equals(List.of(id)));
    fleet.restart("redis");

    await()
        .atMost(MINUTE)
        .until(
            () -> fleet.api().call("GET", "/api/v1/jobs/" + id, null).body().contains("succeeded"));
    assertThat(fleet.journal().started()).containsExactly(id);
  }

  @Test
  @Tag(Fleet.KILLS_REDIS)
  void while_redis_hangs_requests_are_refused_and_what_runs_ends_when_it_goes_on()
      throws Exception {
    fleet.worker("worker", 4);
    var ids = fleet.api().submit(4, "journal", fleet.journaled(1_000));
    await().until(() -> fleet.journal().started().size() == 4);

    fleet.signal("redis", "STOP");
    var answer =
        fleet.api().call("POST", "/api/v1/jobs", "{\"task\":\"square\",\"params\":{\"number\":1}}");
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    await().until(() -> fleet.journal().ended().size() == 4);
    fleet.signal("redis", "CONT");

    await().atMost(MINUTE).until(() -> fleet.api().isAnswering());
    await().atMost(MINUTE).until(() -> fleet.count("journal", "succeeded") == 4);
    assertThat(fleet.journal().started()).containsExactlyInAnyOrderElementsOf(ids);
  }

  @Test
  @Tag(Fleet.KILLS_REDIS)
  void everything_restarted_goes_on_where_it_was() throws Exception {
    var ids = fleet.api().submit(50, "journal", fleet.journaled(0));
    for (var name : List.of("producer", "broker", "redis")) {
      fleet.get(name).stop();
    }
    for (var name : List.of("redis", "broker", "producer")) {
      fleet.restart(name);
    }
    fleet.worker("worker", 4);

    await().atMost(MINUTE).until(() -> fleet.count("journal", "succeeded") == 50);
    assertThat(fleet.journal().started())
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(ids);
  }
}
