package dev.stint.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stint.producer.Api;
import dev.stint.producer.Engines;
import dev.stint.redis.RedisStore;
import dev.stint.worker.DeadLetter;
import dev.stint.worker.WorkerInfo;
import dev.stint.worker.WorkerRegistry;
import dev.stint.worker.WorkerState;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(Engines.class)
class OverviewTest {
  @TestHTTPResource("/")
  URI root;

  @Inject WorkerRegistry workers;
  @Inject RedisStore store;

  private Api api;

  @BeforeEach
  void client() {
    api = new Api(root);
  }

  @Test
  void a_worker_is_listed_as_its_heartbeat_says_and_can_be_asked_to_drain() {
    Instant now = Instant.now();
    workers.beat(
        new WorkerInfo(
            "w-1",
            "one",
            "host",
            42,
            "0.1",
            "jvm",
            WorkerState.RUNNING,
            now,
            now,
            new WorkerInfo.SlotUse(4, 1),
            Map.of("echo", 2),
            List.of("default/echo"),
            List.of("01jd9k5v3mzz000000000000"),
            Map.of("default/echo", 1_000L),
            1 << 20,
            0.5));

    JsonNode worker = api.get("/api/v1/workers").json().at("/items/0");
    assertThat(worker.fieldNames())
        .toIterable()
        .containsExactly(
            "id",
            "name",
            "host",
            "pid",
            "version",
            "mode",
            "state",
            "startedAt",
            "seenAt",
            "slots",
            "limits",
            "lanes",
            "running",
            "seenEmpty",
            "memory",
            "cpu");
    assertThat(worker.path("slots")).hasToString("{\"total\":4,\"used\":1}");
    assertThat(api.post("/api/v1/workers/w-1/drain").status()).isEqualTo(202);
    assertThat(workers.drainAsked("w-1")).isTrue();
    workers.remove("w-1");
    assertThat(api.post("/api/v1/workers/w-1/drain").status()).isEqualTo(404);
  }

  @Test
  void tasks_say_how_to_use_them_and_nothing_of_how_they_run() {
    Api.Reply reply = api.get("/api/v1/tasks");

    JsonNode echo = reply.json().at("/items/0");
    assertThat(echo.fieldNames())
        .toIterable()
        .containsExactly(
            "name", "description", "handler", "queues", "params", "timeout", "retry", "limit");
    assertThat(echo.at("/params/properties/text/minLength").asInt()).isEqualTo(1);
    assertThat(echo.path("timeout").asText()).isEqualTo("PT30S");
    assertThat(reply.json().at("/items/1/params")).isEmpty();
    assertThat(reply.text()).doesNotContain("secret", "TOKEN", "cat\"");
  }

  @Test
  void queues_count_jobs_by_lane_and_state() {
    api.accepted("{'task': 'counted'}");
    api.accepted("{'task': 'counted'}");
    api.delete("/api/v1/jobs/" + api.accepted("{'task': 'counted', 'delay': '1h'}"));

    JsonNode queues = api.get("/api/v1/queues").json();
    JsonNode lane = lane(queues, "default", "counted");
    assertThat(lane.path("depth").asInt()).isEqualTo(2);
    assertThat(lane.path("counts"))
        .hasToString(
            "{\"scheduled\":0,\"queued\":2,\"running\":0,\"retrying\":0,"
                + "\"succeeded\":0,\"failed\":0,\"cancelled\":1}");
    assertThat(lane.path("ended")).hasToString("{\"succeeded\":0,\"failed\":0,\"cancelled\":1}");
    assertThat(lane(queues, "fast", "lane").isMissingNode()).isFalse();
    assertThat(queues.at("/totals/depth").asInt()).isGreaterThanOrEqualTo(2);
  }

  @Test
  void metrics_tell_what_came_in_and_what_waits() {
    api.accepted("{'task': 'any'}");

    await()
        .untilAsserted(() ->
            assertThat(api.get("/q/metrics").text())
                .contains(
                    "stint_jobs_submitted_total{queue=\"default\",task=\"any\"}",
                    "stint_publish_confirmed_total",
                    "stint_publish_failed_total",
                    "stint_outbox_size",
                    "stint_jobs{queue=\"default\",state=\"queued\",task=\"any\"}"));
  }

  @Test
  void the_api_describes_itself() {
    Api.Reply openApi = api.get("/q/openapi?format=json");

    assertThat(openApi.json().path("paths").fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder(
            "/api/v1/dead-letters",
            "/api/v1/jobs",
            "/api/v1/jobs/cancel",
            "/api/v1/jobs/requeue",
            "/api/v1/jobs/{id}",
            "/api/v1/jobs/{id}/result",
            "/api/v1/jobs/{id}/log",
            "/api/v1/jobs/{id}/requeue",
            "/api/v1/queues",
            "/api/v1/tasks",
            "/api/v1/workers",
            "/api/v1/workers/{id}/drain");
    JsonNode submit = openApi.json().at("/paths/~1api~1v1~1jobs/post/responses");
    assertThat(submit.fieldNames()).toIterable().contains("202", "400", "413", "415", "422", "503");
    assertThat(submit.at("/503/content/application~1problem+json/schema/$ref").asText())
        .isEqualTo("#/components/schemas/Problem");
    assertThat(openApi.json().at("/components/schemas/Problem/properties/errors").isObject())
        .isTrue();
    for (JsonNode path : openApi.json().path("paths")) {
      for (JsonNode operation : path) {
        assertThat(operation.path("responses").fieldNames())
            .toIterable()
            .as(operation.path("summary").asText())
            .anyMatch(status -> status.startsWith("2"));
      }
    }
    assertThat(openApi.json().path("components").path("schemas").fieldNames())
        .toIterable()
        .contains("JobView", "QueuesView", "RetryRequest", "TaskView", "WorkerInfo")
        .doesNotContain("ObjectNode", "JsonNode");
    assertThat(openApi.at("/info/title")).isEqualTo("Stint");
    assertThat(api.get("/q/swagger-ui/").text()).contains("swagger-ui");
    assertThat(api.get("/q/health").at("/status")).isEqualTo("UP");
  }

  private static JsonNode lane(JsonNode queues, String queue, String task) {
    for (JsonNode lane : queues.path("items")) {
      if (lane.path("queue").asText().equals(queue) && lane.path("task").asText().equals(task)) {
        return lane;
      }
    }
    return queues.path("none");
  }

  @Test
  void what_workers_refused_is_shown_with_the_newest_first() {
    var at = Instant.parse("2100-01-01T00:00:00Z");
    store.deadLetters().add(new DeadLetter(at, "default/any", "w1", "not a job: x", "hello"));
    store.deadLetters().add(new DeadLetter(at, "default/any", "w1", "not a job: x", "{'"));

    assertThat(api.get("/api/v1/dead-letters").text())
        .isEqualTo(
            "{\"items\":[{\"rejectedAt\":\"2100-01-01T00:00:00Z\",\"lane\":\"default/any\","
                + "\"worker\":\"w1\",\"why\":\"not a job: x\",\"body\":\"{'\"},"
                + "{\"rejectedAt\":\"2100-01-01T00:00:00Z\",\"lane\":\"default/any\","
                + "\"worker\":\"w1\",\"why\":\"not a job: x\",\"body\":\"hello\"}],\"total\":2}");
  }
}
