package dev.stint.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stint.amqp.EmbeddedBroker;
import dev.stint.job.JobQueue;
import dev.stint.job.Outbox;
import dev.stint.producer.Api;
import dev.stint.producer.Engines;
import dev.stint.redis.RedisProcess;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(Engines.class)
class OutagesTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  @TestHTTPResource("/")
  URI root;

  @Inject JobQueue queue;
  @Inject Outbox outbox;

  EmbeddedBroker broker;
  RedisProcess redis;

  private Api api;

  @BeforeEach
  void client() {
    api = new Api(root);
  }

  @Test
  void without_the_broker_jobs_are_accepted_and_published_when_it_is_back() {
    await().atMost(LONG).until(() -> queue.isReady() && outbox.size() == 0);
    long before = Math.max(0, broker.messages("stint.default.any"));
    broker.stopHard();
    try {
      await().until(() -> !queue.isReady());
      for (int i = 0; i < 10; i++) {
        api.accepted("{'task': 'any'}");
      }
      assertThat(outbox.size()).isEqualTo(10);
      Api.Reply health = api.get("/q/health/ready");
      assertThat(health.status()).isEqualTo(200);
      assertThat(health.at("/checks/0/data/broker")).isEqualTo("away");
    } finally {
      broker.start();
    }
    await().atMost(LONG).untilAsserted(() -> assertThat(outbox.size()).isZero());
    assertThat(broker.messages("stint.default.any")).isEqualTo(before + 10);
  }

  @Test
  void without_redis_nothing_is_accepted_until_it_is_back() {
    String kept = api.accepted("{'task': 'any'}");
    redis.kill();
    try {
      for (Api.Reply reply :
          new Api.Reply[] {
            api.submit("{'task': 'any'}"), api.get("/api/v1/jobs"), api.get("/api/v1/queues")
          }) {
        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.header("Retry-After")).isEqualTo("1");
        assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(reply.at("/type")).isEqualTo("urn:stint:problem:store-unavailable");
      }
      assertThat(api.get("/q/health/ready").status()).isEqualTo(503);
      assertThat(api.get("/q/health/live").status()).isEqualTo(200);
      assertThat(api.get("/api/v1/tasks").status()).isEqualTo(200);
    } finally {
      redis.restart();
    }
    await()
        .atMost(LONG)
        .untilAsserted(() -> assertThat(api.submit("{'task': 'any'}").status()).isEqualTo(202));
    assertThat(api.get("/api/v1/jobs/" + kept).status()).isEqualTo(200);
  }
}
