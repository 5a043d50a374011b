package dev.stint.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stint.job.Partitions;
import dev.stint.job.Retention;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Nodes of a cluster die and change places while it is used. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class ClusterFailoverTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int PARTITIONS = 12;

  private final Samples samples = new Samples();
  private Vertx vertx;
  private RedisCluster redis;
  private RedisStore store;

  @BeforeEach
  void start() {
    vertx = Vertx.vertx();
    redis = RedisCluster.start(3, true);
    store =
        RedisStore.open(
            vertx,
            new RedisSettings(
                redis.url(),
                2,
                new Partitions(PARTITIONS),
                Retention.DEFAULT,
                Duration.ofSeconds(5)));
  }

  @AfterEach
  void stop() {
    try (var _ = redis) {
      store.close();
      vertx.close().toCompletionStage().toCompletableFuture().join();
    }
  }

  @Test
  void calls_go_on_by_themselves_when_a_master_was_killed() {
    var kept =
        IntStream.range(0, 120).mapToObj(i -> samples.submit(store, i % PARTITIONS)).toList();
    kept.forEach(spec -> assertThat(samples.run(store, spec).applied()).isTrue());
    redis.masters().forEach(Replication::awaitOf);
    try (var traffic = new Traffic(store, samples, PARTITIONS)) {
      await().atMost(LIMIT).until(() -> traffic.hasDoneInEach(10));
      redis.killMaster();
      await().atMost(LIMIT).until(() -> traffic.refused() > 0);
      await().atMost(LIMIT).until(() -> redis.masters().size() == 3);
      traffic.reset();

      await().atMost(LIMIT).until(() -> traffic.hasDoneInEach(10));
    }
    // Each connection finds the new master for itself.
    Samples.awaitSucceeded(store, kept, LIMIT);
  }

  @Test
  void no_call_fails_when_a_master_hands_over_to_its_replica() {
    try (var traffic = new Traffic(store, samples, PARTITIONS)) {
      await().atMost(LIMIT).until(() -> traffic.hasDoneInEach(10));
      var replica = redis.nodes().stream().filter(node -> !node.isMaster()).findFirst();
      replica.orElseThrow().command("CLUSTER", "FAILOVER");
      await().atMost(LIMIT).until(() -> replica.orElseThrow().isMaster());
      traffic.reset();

      await().atMost(LIMIT).until(() -> traffic.hasDoneInEach(10));
      assertThat(traffic.refused()).isZero();
      assertThat(traffic.surprises()).isEmpty();
    }
  }

  @Test
  void a_cluster_of_which_a_node_is_down_is_found_through_the_others() {
    redis.nodes().getFirst().kill();
    await().atMost(LIMIT).until(() -> redis.masters().size() == 3);
    try (var late = RedisStore.open(vertx, RedisSettings.of(redis.url()))) {
      await()
          .atMost(LIMIT)
          .ignoreExceptions()
          .untilAsserted(
              () -> IntStream.range(0, PARTITIONS).forEach(i -> samples.submit(late, i)));
    }
  }
}
