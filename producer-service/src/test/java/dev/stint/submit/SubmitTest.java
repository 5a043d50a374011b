package dev.stint.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stint.amqp.AmqpConnection;
import dev.stint.amqp.CloudEventAttributes;
import dev.stint.amqp.EmbeddedBroker;
import dev.stint.amqp.IncomingAmqp;
import dev.stint.job.JobSpec;
import dev.stint.job.Outbox;
import dev.stint.job.RetryPolicy;
import dev.stint.json.JobMessage;
import dev.stint.producer.Api;
import dev.stint.producer.Engines;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(Engines.class)
class SubmitTest {
  @TestHTTPResource("/")
  URI root;

  @Inject AmqpConnection connection;
  @Inject Outbox outbox;

  EmbeddedBroker broker;

  private Api api;

  @BeforeEach
  void client() {
    api = new Api(root);
  }

  @Test
  void a_job_is_answered_with_its_place_and_itself() {
    Api.Reply reply =
        api.submit(
            """
            {'task': 'echo', 'params': {'text': 'ä', 'page': {}}, 'queue': 'default',
             'priority': 9, 'timeout': '5s', 'maxAttempts': 1, 'labels': {'team': 'a'}}
            """);

    String id = reply.at("/id");
    assertThat(reply.status()).isEqualTo(202);
    assertThat(reply.header("Location")).endsWith("/api/v1/jobs/" + id);
    assertThat(reply.header("Content-Type")).startsWith("application/json");
    assertThat(reply.json().fieldNames())
        .toIterable()
        .containsExactly(
            "id",
            "task",
            "queue",
            "state",
            "attempt",
            "maxAttempts",
            "retry",
            "timeout",
            "priority",
            "params",
            "labels",
            "createdAt",
            "attempts",
            "links");
    assertThat(reply.at("/state")).isEqualTo("queued");
    assertThat(reply.json().at("/params"))
        .hasToString("{\"text\":\"ä\",\"page\":{\"format\":\"A4\"},\"times\":3}");
    assertThat(reply.at("/createdAt")).matches("20\\d\\d-\\d\\d-\\d\\dT[0-9:.]+Z");
    assertThat(reply.at("/links/cancel")).isEqualTo("/api/v1/jobs/" + id);
    assertThat(api.get("/api/v1/jobs/" + id).text()).isEqualTo(reply.text());
  }

  @Test
  void a_job_reaches_its_lane_as_a_cloud_event_that_holds_all_of_it() throws Exception {
    var inbox = new Inbox();
    connection.receive("stint.fast.lane").subscribe(inbox);

    String id =
        api.accepted(
            "{'task': 'lane', 'params': {'n': 0.10}, 'priority': 7, 'labels': {'a': 'b'}}");

    Message<byte[]> message = inbox.messages.poll(20, TimeUnit.SECONDS);
    IncomingAmqp amqp = message.getMetadata(IncomingAmqp.class).orElseThrow();
    CloudEventAttributes event = amqp.cloudEvent();
    assertThat(amqp.priority()).isEqualTo(7);
    assertThat(amqp.contentType()).isEqualTo("application/json");
    assertThat(event.id()).isEqualTo(id + "-1");
    assertThat(event.type()).isEqualTo("dev.stint.job.v1");
    assertThat(event.subject()).isEqualTo(id);
    JobSpec spec = JobMessage.read(event.type(), event.extensions(), message.getPayload()).spec();
    assertThat(spec.id().value()).isEqualTo(id);
    assertThat(spec.params()).hasToString("{n=0.10}");
    assertThat(spec.labels()).isEqualTo(Map.of("a", "b"));
    assertThat(spec.retry()).isEqualTo(RetryPolicy.DEFAULT);
    assertThat(spec.timeout()).isEqualTo(Duration.ofMinutes(5));
    await().untilAsserted(() -> assertThat(outbox.size()).isZero());
  }

  @Test
  void a_delayed_job_is_scheduled_and_on_its_lane_when_due() {
    Instant before = Instant.now();
    Api.Reply later = api.submit("{'task': 'any', 'delay': '1h'}");
    String soon = api.accepted("{'task': 'later', 'delay': '300ms'}");

    assertThat(later.at("/state")).isEqualTo("scheduled");
    assertThat(Instant.parse(later.at("/dueAt")))
        .isEqualTo(Instant.parse(later.at("/createdAt")).plusSeconds(3600))
        .isAfter(before);
    await().untilAsserted(() -> assertThat(broker.messages("stint.default.later")).isEqualTo(1));
    assertThat(api.get("/api/v1/jobs/" + soon).at("/state")).isEqualTo("queued");
  }

  @Test
  void a_job_that_was_due_in_the_past_is_queued_at_once() {
    Api.Reply reply = api.submit("{'task': 'any', 'runAt': '2001-01-01T00:00:00+01:00'}");

    assertThat(reply.at("/state")).isEqualTo("queued");
    assertThat(reply.at("/dueAt")).isNull();
  }

  @Test
  void the_same_request_twice_makes_one_job() {
    var first =
        api.submit("{'task': 'twice', 'params': {'a': 1, 'b': 2}}", "Idempotency-Key", "k1");
    var again =
        api.submit("{ 'params': {'b': 2, 'a': 1}, 'task': 'twice' }", "Idempotency-Key", "k1");

    assertThat(again.status()).isEqualTo(202);
    assertThat(again.at("/id")).isEqualTo(first.at("/id"));
    assertThat(again.header("Location")).isEqualTo(first.header("Location"));
    assertThat(first.header("Idempotent-Replayed")).isNull();
    assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
    assertThat(api.get("/api/v1/jobs?task=twice").json().at("/items")).hasSize(1);
  }

  @Test
  void a_key_that_comes_with_another_request_is_refused() {
    String id = api.submit("{'task': 'any'}", "Idempotency-Key", "k2").at("/id");

    Api.Reply other = api.submit("{'task': 'any', 'priority': 1}", "Idempotency-Key", "k2");

    assertThat(other.status()).isEqualTo(422);
    assertThat(other.at("/type")).isEqualTo("urn:stint:problem:idempotency-key-reused");
    assertThat(other.at("/detail")).contains(id);
  }

  /** Keeps what a lane brings. */
  private static final class Inbox implements Flow.Subscriber<Message<byte[]>> {
    final BlockingQueue<Message<byte[]>> messages = new LinkedBlockingQueue<>();

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      subscription.request(1);
    }

    @Override
    public void onNext(Message<byte[]> message) {
      messages.add(message);
    }

    @Override
    public void onError(Throwable failure) {}

    @Override
    public void onComplete() {}
  }

  @Test
  void a_job_is_tried_again_as_its_task_says_but_for_what_it_says_itself() {
    String id =
        api.accepted(
            """
            {'task': 'echo', 'params': {'text': 'x'},
             'retry': {'min': '20m', 'jitter': 0, 'never': ['timeout'], 'neverExitCodes': [64, 2]}}
            """);

    assertThat(api.get("/api/v1/jobs/" + id).json().path("retry"))
        .hasToString(
            "{\"maxAttempts\":3,\"min\":\"PT20M\",\"max\":\"PT20M\",\"multiplier\":3.0,\"jitter\":0.0,"
                + "\"never\":[\"timeout\"],\"neverExitCodes\":[2,64]}");
  }

  @Test
  void the_short_form_of_the_most_attempts_may_stand_beside_the_same_long_one() {
    String id = api.accepted("{'task': 'any', 'maxAttempts': 2, 'retry': {'maxAttempts': 2}}");

    assertThat(api.get("/api/v1/jobs/" + id).at("/maxAttempts")).isEqualTo("2");
  }
}
