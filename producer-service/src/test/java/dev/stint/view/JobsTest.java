package dev.stint.view;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stint.job.Claim;
import dev.stint.job.Failure;
import dev.stint.job.FailureKind;
import dev.stint.job.Held;
import dev.stint.job.JobId;
import dev.stint.job.JobRepository;
import dev.stint.producer.Api;
import dev.stint.producer.Engines;
import dev.stint.redis.RedisStore;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Jobs as they go their way; the test is the worker. */
@QuarkusTest
@WithTestResource(Engines.class)
class JobsTest {
  private static final Instant NOW = Instant.parse("2100-01-01T00:00:00Z");

  @TestHTTPResource("/")
  URI root;

  @Inject JobRepository jobs;
  @Inject RedisStore store;

  private Api api;

  @BeforeEach
  void client() {
    api = new Api(root);
  }

  @Test
  void a_running_job_shows_who_runs_it_since_when_and_how_far_it_is() {
    String id = api.accepted("{'task': 'any'}");
    Held held = claim(id);
    store.journal().progress(held, 0.4);
    store.journal().log(held, List.of("one", "two", "three"));

    Awaitility.await().until(() -> show(id).has("progress"));

    JsonNode job = show(id);
    assertThat(job.path("state").asText()).isEqualTo("running");
    assertThat(job.path("attempt").asInt()).isEqualTo(1);
    assertThat(job.path("worker").asText()).isEqualTo("w1");
    assertThat(job.path("startedAt").asText()).isEqualTo("2100-01-01T00:00:00Z");
    assertThat(job.path("progress").asDouble()).isEqualTo(0.4);
    assertThat(job.has("finishedAt") || job.has("error") || job.has("cancelling")).isFalse();
    Awaitility.await()
        .untilAsserted(() ->
            assertThat(api.get("/api/v1/jobs/" + id + "/log?limit=2").text())
                .isEqualTo("{\"items\":[\"two\",\"three\"]}"));
  }

  @Test
  void a_result_is_given_once_the_job_has_succeeded() {
    String id = api.accepted("{'task': 'any'}");
    Held held = claim(id);
    Api.Reply early = api.get("/api/v1/jobs/" + id + "/result");
    jobs.complete(held, "{\"sum\":0.10}", NOW);
    Api.Reply result = api.get("/api/v1/jobs/" + id + "/result");

    assertThat(early.status()).isEqualTo(409);
    assertThat(early.at("/state")).isEqualTo("running");
    assertThat(result.status()).isEqualTo(200);
    assertThat(result.text()).isEqualTo("{\"sum\":0.10}");
    assertThat(result.header("Content-Type")).startsWith("application/json");
    assertThat(show(id).path("finishedAt").asText()).isEqualTo("2100-01-01T00:00:00Z");
    assertThat(show(id).at("/links/cancel").isMissingNode()).isTrue();
  }

  @Test
  void a_job_that_has_succeeded_without_a_result_has_none() {
    String id = api.accepted("{'task': 'any'}");
    jobs.complete(claim(id), null, NOW);

    assertThat(api.get("/api/v1/jobs/" + id + "/result").status()).isEqualTo(204);
  }

  @Test
  void a_failed_job_shows_why_and_each_attempt() {
    String id = api.accepted("{'task': 'any'}");
    jobs.giveUp(claim(id), new Failure(FailureKind.EXIT, "exit code 3", "line 1"), NOW);

    JsonNode job = show(id);
    assertThat(job.path("state").asText()).isEqualTo("failed");
    assertThat(job.path("error"))
        .hasToString("{\"kind\":\"exit\",\"message\":\"exit code 3\",\"stack\":\"line 1\"}");
    assertThat(job.path("attempts")).hasSize(1);
    assertThat(job.at("/attempts/0/number").asInt()).isEqualTo(1);
    assertThat(job.at("/attempts/0/error")).isEqualTo(job.path("error"));
    assertThat(api.get("/api/v1/jobs/" + id + "/result").at("/state")).isEqualTo("failed");
  }

  @Test
  void a_job_that_is_tried_again_shows_when_and_why() {
    String id = api.accepted("{'task': 'any'}");
    jobs.retryLater(claim(id), Failure.of(FailureKind.TIMEOUT, "30 s"), NOW.plusSeconds(9), NOW);

    assertThat(show(id).path("state").asText()).isEqualTo("retrying");
    assertThat(show(id).path("dueAt").asText()).isEqualTo("2100-01-01T00:00:09Z");
    assertThat(show(id).at("/error/kind").asText()).isEqualTo("timeout");
  }

  @Test
  void a_job_that_waits_is_cancelled_at_once() {
    String id = api.accepted("{'task': 'any', 'delay': '1h'}");
    Api.Reply reply = api.delete("/api/v1/jobs/" + id);
    Api.Reply again = api.delete("/api/v1/jobs/" + id);

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.at("/state")).isEqualTo("cancelled");
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.at("/type")).isEqualTo("urn:stint:problem:wrong-state");
    assertThat(again.at("/state")).isEqualTo("cancelled");
  }

  @Test
  void of_a_job_that_runs_its_worker_is_asked() {
    String id = api.accepted("{'task': 'any'}");
    Held held = claim(id);
    Api.Reply reply = api.delete("/api/v1/jobs/" + id);

    assertThat(reply.status()).isEqualTo(202);
    assertThat(reply.at("/state")).isEqualTo("running");
    assertThat(reply.at("/cancelling")).isEqualTo("true");
    assertThat(store.journal().cancelling(List.of(held.id()))).containsExactly(held.id());
  }

  @Test
  void an_ended_job_can_be_queued_again() {
    String id = api.accepted("{'task': 'any'}");
    Api.Reply early = api.post("/api/v1/jobs/" + id + "/requeue");
    jobs.giveUp(claim(id), Failure.of(FailureKind.ERROR, "no"), NOW);
    Api.Reply reply = api.post("/api/v1/jobs/" + id + "/requeue");

    assertThat(early.status()).isEqualTo(409);
    assertThat(early.at("/state")).isEqualTo("queued");
    assertThat(reply.status()).isEqualTo(202);
    assertThat(reply.at("/state")).isEqualTo("queued");
    assertThat(reply.at("/error")).isNull();
    assertThat(reply.header("Location")).endsWith("/api/v1/jobs/" + id);
  }

  @Test
  void a_requeue_that_is_repeated_with_its_key_is_answered_as_done() {
    String id = api.accepted("{'task': 'any'}");
    jobs.giveUp(claim(id), Failure.of(FailureKind.ERROR, "no"), NOW);
    Api.Reply first = requeue(id, "again");
    Api.Reply second = requeue(id, "again");
    Api.Reply other = requeue(id, "other");
    Api.Reply bad = requeue(id, "x".repeat(256));

    assertThat(first.status()).isEqualTo(202);
    assertThat(first.header("Idempotent-Replayed")).isNull();
    assertThat(second.status()).isEqualTo(202);
    assertThat(second.header("Idempotent-Replayed")).isEqualTo("true");
    assertThat(second.at("/state")).isEqualTo("queued");
    assertThat(other.status()).isEqualTo(409);
    assertThat(bad.status()).isEqualTo(422);
    assertThat(bad.at("/errors/0/header")).isEqualTo("Idempotency-Key");
  }

  private Api.Reply requeue(String id, String key) {
    return api.send(
        "POST", "/api/v1/jobs/" + id + "/requeue", BodyPublishers.noBody(), "Idempotency-Key", key);
  }

  @Test
  void a_list_goes_from_the_newest_to_the_oldest_page_by_page() {
    var ids = new ArrayList<String>();
    for (int i = 0; i < 5; i++) {
      ids.add(api.accepted("{'task': 'listed'}"));
    }
    api.delete("/api/v1/jobs/" + ids.get(2));
    Collections.reverse(ids);

    var seen = new ArrayList<String>();
    String cursor = "";
    do {
      JsonNode page = api.get("/api/v1/jobs?task=listed&limit=2" + cursor).json();
      assertThat(page.path("items").size()).isBetween(1, 2);
      page.path("items").forEach(item -> seen.add(item.path("id").asText()));
      cursor = page.has("next") ? "&cursor=" + page.path("next").asText() : null;
    } while (cursor != null);

    assertThat(seen).isEqualTo(ids);
    assertThat(api.get("/api/v1/jobs?task=listed&state=cancelled").json().findValuesAsText("id"))
        .containsExactly(ids.get(2));
    assertThat(api.get("/api/v1/jobs?task=listed&queue=fast").text()).isEqualTo("{\"items\":[]}");
  }

  private JsonNode show(String id) {
    return api.get("/api/v1/jobs/" + id).json();
  }

  private Held claim(String id) {
    var claim = jobs.claim(new JobId(id), 1, "w1", NOW);
    assertThat(claim).isInstanceOf(Claim.Claimed.class);
    return ((Claim.Claimed) claim).held();
  }
}
