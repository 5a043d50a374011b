package dev.stint.local.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A producer is killed at each point between the request and the broker's confirmation; another one
 * is there. Who got no answer asks again with the same key.
 */
@Tag(Fleet.KILLS_ENGINES)
@Tag(Fleet.KILLS_REDIS)
class ProducerKilledTest extends FreshFleet {
  private Paths paths;
  private Api killed;

  @BeforeEach
  void startAnotherProducer() throws Exception {
    paths = fleet.paths();
    killed = fleet.producer("killed", paths);
    fleet.worker("worker", 2);
    // Its connections stand, and have been used.
    killed.submit("square", Map.of("number", 1));
  }

  @Test
  void before_redis_has_the_job() throws Exception {
    paths.redis().freeze();
    var answer = submitTo(killed);

    killWithout(answer);

    assertRunsOnceAsAskedAgain();
  }

  @Test
  void when_redis_has_the_job_and_it_does_not_know() throws Exception {
    var answer = submitUnheard();

    killWithout(answer);

    assertRunsOnceAsAskedAgain();
  }

  @Test
  void when_the_job_is_accepted_and_not_published() throws Exception {
    paths.broker().freeze();
    assertThat(submitTo(killed).get().statusCode()).isEqualTo(202);

    fleet.kill("killed");

    assertRunsOnceAsAskedAgain();
  }

  @Test
  void when_the_job_is_published_and_it_does_not_know() throws Exception {
    paths.broker().freezeAnswers();
    assertThat(submitTo(killed).get().statusCode()).isEqualTo(202);
    await().atMost(MINUTE).until(() -> fleet.count("journal", "succeeded") == 1);

    fleet.kill("killed");

    assertRunsOnceAsAskedAgain();
  }

  private CompletableFuture<HttpResponse<String>> submitTo(Api producer) {
    var body =
        "{\"task\":\"journal\",\"params\":{\"path\":\"%s\",\"millis\":0}}"
            .formatted(fleet.journalFile());
    return CompletableFuture.supplyAsync(() -> {
      try {
        return producer.call("POST", "/api/v1/jobs", body, "Idempotency-Key", "the-only-one");
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    });
  }

  /**
   * A request whose job Redis has, while the producer waits for Redis' answer. It is made anew if
   * it did not get so far, since another call of the producer was under way when the path froze.
   */
  private CompletableFuture<HttpResponse<String>> submitUnheard() throws Exception {
    while (true) {
      paths.redis().freezeAnswers();
      var answer = submitTo(killed);
      await().atMost(MINUTE).until(() -> jobs() == 1 || answer.isDone());
      if (jobs() == 1) {
        return answer;
      }
      paths.redis().mend();
      await().atMost(MINUTE).until(killed::isAnswering);
    }
  }

  /** Kills the producer before it can say that the job is accepted. */
  private void killWithout(CompletableFuture<HttpResponse<String>> answer) throws Exception {
    fleet.kill("killed");
    int status = answer.handle((it, failure) -> failure == null ? it.statusCode() : 0).get();
    assertThat(status).as("no answer, or that the store is away").isIn(0, 503);
  }

  /** The client asks the other producer, with the same key; there is one job, and it runs once. */
  private void assertRunsOnceAsAskedAgain() throws Exception {
    assertThat(submitTo(fleet.api()).get().statusCode()).isEqualTo(202);
    await().atMost(MINUTE).until(() -> fleet.count("journal", "succeeded") == 1);

    assertThat(jobs()).isEqualTo(1);
    await().atMost(MINUTE).until(() -> outbox() == 0);
    assertThat(fleet.journal().started()).hasSize(1);
  }

  private int jobs() throws InterruptedException {
    return fleet.api().get("/api/v1/jobs?task=journal").path("items").size();
  }

  private long outbox() throws InterruptedException {
    return fleet
        .api()
        .call("GET", "/q/metrics", null)
        .body()
        .lines()
        .filter(line -> line.startsWith("stint_outbox_size"))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .findFirst()
        .orElseThrow();
  }
}
