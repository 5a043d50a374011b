package dev.stint.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stint.job.Claim;
import dev.stint.job.Failure;
import dev.stint.job.FailureKind;
import dev.stint.job.Held;
import dev.stint.job.JobId;
import dev.stint.job.JobRepository;
import dev.stint.job.Outbox;
import dev.stint.producer.Api;
import dev.stint.producer.Engines;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Many jobs moved by one request; the test is the worker. */
@QuarkusTest
@WithTestResource(Engines.class)
class BulkTest {
  private static final Instant NOW = Instant.parse("2100-01-01T00:00:00Z");

  @TestHTTPResource("/")
  URI root;

  @Inject JobRepository jobs;
  @Inject Outbox outbox;

  private Api api;

  @BeforeEach
  void client() {
    api = new Api(root);
  }

  @Test
  void ended_jobs_are_queued_again_up_to_the_limit_and_published() {
    var failed = new ArrayList<String>();
    for (int i = 0; i < 5; i++) {
      failed.add(submitted("again"));
      jobs.giveUp(claim(failed.getLast()), Failure.of(FailureKind.ERROR, "no"), NOW);
    }
    String done = submitted("again");
    jobs.complete(claim(done), null, NOW);
    String live = submitted("again");

    Api.Reply some = post("requeue", "{'task': 'again', 'limit': 3}");
    Api.Reply rest = post("requeue", "{'task': 'again', 'queue': 'default', 'limit': 3}");
    Api.Reply none = post("requeue", "{'task': 'again'}");
    Api.Reply named = post("requeue", "{'task': 'again', 'state': 'succeeded'}");

    assertThat(some.text()).isEqualTo("{\"requeued\":3,\"skipped\":0,\"more\":true}");
    assertThat(rest.text()).isEqualTo("{\"requeued\":2,\"skipped\":0,\"more\":false}");
    assertThat(none.text()).isEqualTo("{\"requeued\":0,\"skipped\":0,\"more\":false}");
    assertThat(named.text()).isEqualTo("{\"requeued\":1,\"skipped\":0,\"more\":false}");
    for (String id : failed) {
      assertThat(state(id)).isEqualTo("queued");
    }
    assertThat(state(live)).isEqualTo("queued");
    await().untilAsserted(() -> assertThat(outbox.size()).isZero());
  }

  @Test
  void what_waits_is_cancelled_and_of_what_runs_the_workers_are_asked() {
    String scheduled = api.accepted("{'task': 'unwanted', 'delay': '1h'}");
    String queued = submitted("unwanted");
    String running = submitted("unwanted");
    Held held = claim(running);
    String ended = submitted("unwanted");
    jobs.complete(claim(ended), null, NOW);

    Api.Reply reply = post("cancel", "{'task': 'unwanted'}");
    jobs.cancel(held.id(), held, NOW);
    Api.Reply again = post("cancel", "{'task': 'unwanted'}");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.text())
        .isEqualTo("{\"cancelled\":2,\"asked\":1,\"skipped\":0,\"more\":false}");
    assertThat(again.text())
        .isEqualTo("{\"cancelled\":0,\"asked\":0,\"skipped\":0,\"more\":false}");
    assertThat(List.of(state(scheduled), state(queued), state(running), state(ended)))
        .containsExactly("cancelled", "cancelled", "cancelled", "succeeded");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "requeue | {} | ~~ | must have at least one of state, task, queue",
        "requeue | {'limit': 5} | ~~ | must have at least one of state, task, queue",
        "requeue | {'state': 'queued'} | /state | must be one of cancelled, failed, succeeded",
        "requeue | {'state': ['failed']} | /state | must be one of cancelled, failed, succeeded",
        "cancel | {'state': 'failed'} | /state | must be one of queued, retrying, running, scheduled",
        "cancel | {'task': '*'} | /task | must match [A-Za-z][A-Za-z0-9_-]{0,63}",
        "cancel | {'task': 5} | /task | must be text",
        "cancel | {'queue': ''} | /queue | must match [A-Za-z][A-Za-z0-9_-]{0,63}",
        "cancel | {'state': 'queued', 'limit': 0} | /limit | must be 1 to 10000",
        "cancel | {'state': 'queued', 'limit': 10001} | /limit | must be 1 to 10000",
        "cancel | {'state': 'queued', 'limit': '5'} | /limit | must be a whole number",
        "cancel | {'state': 'queued', 'label': 'x'} | /label | is not a known field; known: state, task, queue, limit",
        "cancel | [] | ~~ | must be an object"
      })
  void a_request_that_breaks_a_rule_moves_nothing(
      String move, String body, String pointer, String detail) {
    Api.Reply reply = post(move, body);

    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.header("Content-Type")).startsWith("application/problem+json");
    assertThat(reply.json().path("errors")).hasSize(1);
    assertThat(reply.at("/errors/0/pointer")).isEqualTo(pointer);
    assertThat(reply.at("/errors/0/detail")).isEqualTo(detail);
  }

  private Api.Reply post(String move, String body) {
    return api.send(
        "POST",
        "/api/v1/jobs/" + move,
        BodyPublishers.ofString(body.replace('\'', '"')),
        "Content-Type",
        "application/json");
  }

  private String submitted(String task) {
    return api.accepted("{'task': '" + task + "'}");
  }

  private String state(String id) {
    return api.get("/api/v1/jobs/" + id).at("/state");
  }

  private Held claim(String id) {
    return ((Claim.Claimed) jobs.claim(new JobId(id), 1, "w1", NOW)).held();
  }
}
