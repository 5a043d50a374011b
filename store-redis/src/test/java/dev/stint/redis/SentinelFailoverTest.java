package dev.stint.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.stint.job.Partitions;
import dev.stint.job.Retention;
import dev.stint.job.StoreUnavailableException;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The master dies, hangs, is replaced; so do sentinels. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class SentinelFailoverTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int PARTITIONS = 4;

  private final Samples samples = new Samples();
  private Vertx vertx;
  private RedisSentinels redis;

  @BeforeEach
  void start() {
    vertx = Vertx.vertx();
    redis = RedisSentinels.start();
  }

  @AfterEach
  void stop() {
    try (var _ = redis) {
      vertx.close().toCompletionStage().toCompletableFuture().join();
    }
  }

  @Test
  void calls_go_on_by_themselves_when_the_master_was_killed() {
    try (var store = open(Duration.ofSeconds(5))) {
      var kept = IntStream.range(0, 100).mapToObj(i -> samples.submit(store, i % 4)).toList();
      kept.forEach(spec -> assertThat(samples.run(store, spec).applied()).isTrue());
      Replication.awaitOf(redis.master());
      try (var traffic = new Traffic(store, samples, PARTITIONS)) {
        await().atMost(LIMIT).until(() -> traffic.hasDoneInEach(10));
        var old = redis.master();
        redis.killMaster();
        await().atMost(LIMIT).until(() -> redis.master() != old && traffic.refused() > 0);
        traffic.reset();

        await().atMost(LIMIT).until(() -> traffic.hasDoneInEach(10));
      }
      // Each connection finds the new master for itself, the last one some seconds later.
      Samples.awaitSucceeded(store, kept, LIMIT);
    }
  }

  @Test
  void calls_go_on_by_themselves_when_the_master_hands_over() {
    try (var store = open(Duration.ofSeconds(5));
        var traffic = new Traffic(store, samples, PARTITIONS)) {
      await().atMost(LIMIT).until(() -> traffic.hasDoneInEach(10));
      var old = redis.master();
      redis.sentinels().getFirst().command("SENTINEL", "FAILOVER", RedisSentinels.MASTER);
      await().atMost(LIMIT).until(() -> redis.master() != old && !old.isMaster());
      traffic.reset();

      await().atMost(LIMIT).until(() -> traffic.hasDoneInEach(10));
    }
  }

  /** With this time limit only the sentinels can tell. */
  @Test
  void a_master_that_hangs_is_left_as_soon_as_the_sentinels_name_another() {
    try (var store = open(Duration.ofHours(1))) {
      samples.submit(store, 0);
      var old = redis.master();
      old.freeze();
      await().atMost(LIMIT).until(() -> redis.master() != old && redis.master().isMaster());

      await()
          .atMost(LIMIT)
          .ignoreException(StoreUnavailableException.class)
          .untilAsserted(() -> samples.submit(store, 0));
      old.thaw();
    }
  }

  @Test
  void two_sentinels_of_three_are_enough() {
    redis.sentinels().getFirst().kill();
    redis.sentinels().getLast().freeze();
    try (var store = open(Duration.ofSeconds(5))) {
      store.ping();
    }
    redis.sentinels().getLast().thaw();
  }

  @Test
  void a_master_that_no_sentinel_knows_is_told_by_name() {
    var url = redis.url().replace("=" + RedisSentinels.MASTER, "=other");
    try (var store = RedisStore.open(vertx, RedisSettings.of(url))) {
      assertThatExceptionOfType(StoreUnavailableException.class)
          .isThrownBy(store::ping)
          .withMessage("Redis: the sentinels know no master other");
    }
  }

  private RedisStore open(Duration timeLimit) {
    return RedisStore.open(
        vertx,
        new RedisSettings(
            redis.url(), 2, new Partitions(PARTITIONS), Retention.DEFAULT, timeLimit));
  }
}
