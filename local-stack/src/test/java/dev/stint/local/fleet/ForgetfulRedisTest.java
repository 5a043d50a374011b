package dev.stint.local.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stint.local.fleet.engine.Stranger;
import java.util.ArrayList;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Redis loses all it knew; or cannot be reached by a worker just when that has to tell it. */
@Tag(Fleet.KILLS_ENGINES)
@Tag(Fleet.KILLS_REDIS)
class ForgetfulRedisTest extends FreshFleet {
  private static final int SLOTS = 4;
  private static final int WAITING = 40;

  @Test
  void jobs_that_ran_and_waited_when_redis_forgot_everything_all_end_and_run_once()
      throws Exception {
    fleet.worker("worker", SLOTS);
    var ids = new ArrayList<>(fleet.api().submit(SLOTS, "journal", fleet.journaled(2_000)));
    await().atMost(MINUTE).until(() -> fleet.journal().started().size() == SLOTS);
    ids.addAll(fleet.api().submit(WAITING, "journal", fleet.journaled(0)));
    await().atMost(MINUTE).until(this::isAllPublished);

    fleet.wipeRedis();

    await().atMost(MINUTE).until(() -> fleet.count("journal", "succeeded") == SLOTS + WAITING);
    assertThat(fleet.journal().ended()).containsExactlyInAnyOrderElementsOf(ids);
    assertThat(fleet.journal().started()).containsExactlyInAnyOrderElementsOf(ids);
    for (var id : ids) {
      assertThat(fleet.api().state(id)).isEqualTo("succeeded");
    }
  }

  @Test
  void what_is_no_job_is_shown_and_counted_even_if_redis_was_away_when_it_came() throws Exception {
    var paths = fleet.paths();
    fleet.worker("cut", SLOTS, paths);

    paths.redis().cut();
    Stranger.sendText(
        fleet.brokerUrl(), "stint." + fleet.queue("default") + ".square", "wrong number");
    paths.redis().mend();

    await()
        .atMost(MINUTE)
        .until(() -> fleet.api().get("/api/v1/dead-letters").path("total").asInt() == 1);
    var letter = fleet.api().get("/api/v1/dead-letters").path("items").path(0);
    assertThat(letter.path("body").asText()).isEqualTo("wrong number");
  }

  @Test
  void a_cancel_that_its_worker_could_not_hear_of_is_heeded_when_it_can() throws Exception {
    var paths = fleet.paths();
    fleet.worker("cut", SLOTS, paths);
    var id = fleet.api().submit("sleep", Map.of("seconds", 600));
    await().atMost(MINUTE).until(() -> fleet.api().state(id).equals("running"));

    paths.redis().cut();
    var answer = fleet.api().call("DELETE", "/api/v1/jobs/" + id, null);
    assertThat(answer.statusCode()).isEqualTo(202);
    paths.redis().mend();

    await().atMost(MINUTE).until(() -> fleet.api().state(id).equals("cancelled"));
    assertThat(fleet.api().job(id).path("attempt").asInt()).isEqualTo(1);
  }

  private boolean isAllPublished() throws InterruptedException {
    return fleet
        .api()
        .call("GET", "/q/metrics", null)
        .body()
        .lines()
        .anyMatch(line ->
            line.startsWith("stint_publish_confirmed_total ")
                && Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1))
                    == SLOTS + WAITING);
  }
}
