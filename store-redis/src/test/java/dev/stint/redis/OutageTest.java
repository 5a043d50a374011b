package dev.stint.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.stint.job.Held;
import dev.stint.job.JobFilter;
import dev.stint.job.JobSpec;
import dev.stint.job.Moved;
import dev.stint.job.Partitions;
import dev.stint.job.Retention;
import dev.stint.job.StateName;
import dev.stint.job.StoreUnavailableException;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;

/** Redis crashes, hangs, is away, forgets its scripts. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
@Isolated("its stores give up soon, which they must not do for want of a processor")
class OutageTest {
  private static final Instant NOW = Samples.NOW;
  private static final Duration TIME_LIMIT = Duration.ofMillis(500);
  private static final Duration PROMPT = Duration.ofSeconds(10);

  private final Samples samples = new Samples();
  private Vertx vertx;
  private RedisProcess redis;
  private RedisStore store;

  @BeforeEach
  void start() {
    vertx = Vertx.vertx();
    redis = RedisProcess.start();
    store = open();
  }

  @AfterEach
  void stop() {
    try (var _ = redis) {
      store.close();
      vertx.close().toCompletionStage().toCompletableFuture().join();
    }
  }

  @Test
  void a_crash_loses_nothing_and_the_store_connects_again_by_itself() {
    var queued = submit();
    var running = claim(submit());
    var done = claim(submit());
    store.jobs().complete(done, "42", NOW);
    var before = store.queries().list(JobFilter.ALL, 10, null);
    // The append-only file is written before a command is answered, and synced each second.
    redis.kill();
    assertUnavailable();

    redis.restart();

    awaitConnection();
    assertThat(store.queries().list(JobFilter.ALL, 10, null)).isEqualTo(before);
    assertThat(store.jobs().complete(running, "1", NOW).applied()).isTrue();
    assertThat(claim(queued).attempt()).isEqualTo(1);
  }

  @Test
  void a_store_may_be_opened_before_redis_is_there() {
    redis.kill();
    try (var early = open()) {
      assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(early::ping);
      redis.restart();
      await().atMost(PROMPT).ignoreExceptions().untilAsserted(early::ping);
    }
  }

  @Test
  void a_call_to_a_redis_that_hangs_ends_within_its_time_limit() {
    store.ping();
    redis.freeze();
    assertUnavailable();
    assertUnavailable();

    redis.thaw();
    awaitConnection();
  }

  @Test
  void calls_under_way_when_redis_crashes_all_end() throws Exception {
    store.ping();
    redis.freeze();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var calls = IntStream.range(0, 100).mapToObj(_ -> threads.submit(store::ping)).toList();
      redis.kill();

      for (var call : calls) {
        assertThatThrownBy(call::get).hasCauseInstanceOf(StoreUnavailableException.class);
      }
    }
    redis.restart();
    awaitConnection();
  }

  @Test
  void scripts_that_redis_has_forgotten_are_loaded_again() throws Exception {
    var specs = IntStream.range(0, 500).mapToObj(_ -> submit()).toList();
    try (var behind = new Behind(vertx, redis);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      behind.command("SCRIPT", "FLUSH");
      var done = specs.stream().map(spec -> threads.submit(() -> run(spec))).toList();

      for (var moved : done) {
        assertThat(moved.get()).isEqualTo(new Moved.Applied(StateName.SUCCEEDED));
      }
    }
    assertThat(store.queries().counts().getFirst().ended())
        .containsEntry(StateName.SUCCEEDED, 500L);
  }

  @Test
  void a_broken_record_fails_by_itself_and_not_what_travels_with_it() throws Exception {
    var broken = submit();
    var specs = IntStream.range(0, 200).mapToObj(_ -> submit()).toList();
    try (var behind = new Behind(vertx, redis);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      behind.command("SET", Keys.job(broken.id()), "no hash");
      var failing = threads.submit(() -> run(broken));
      var done = specs.stream().map(spec -> threads.submit(() -> run(spec))).toList();

      for (var moved : done) {
        assertThat(moved.get()).isEqualTo(new Moved.Applied(StateName.SUCCEEDED));
      }
      assertThatThrownBy(failing::get)
          .hasCauseInstanceOf(StoreUnavailableException.class)
          .hasMessageContaining("WRONGTYPE");
    }
  }

  @Test
  void a_server_that_has_become_a_replica_is_connected_to_anew() {
    awaitConnection();
    var before = clients();
    redis.command("REPLICAOF", "127.0.0.1", 1);
    assertThatThrownBy(this::submit)
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("READONLY");

    await().atMost(PROMPT).until(() -> !clients().containsAll(before));
    redis.command("REPLICAOF", "NO", "ONE");
    awaitConnection();
    submit();
  }

  @Test
  void an_interrupted_thread_gets_its_answer_and_stays_interrupted() {
    var spec = submit();
    Thread.currentThread().interrupt();

    assertThat(run(spec).applied()).isTrue();
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void a_closed_store_refuses_calls() {
    store.ping();
    store.close();

    assertUnavailable();
  }

  @Test
  void a_store_whose_vertx_is_gone_refuses_calls() {
    store.ping();
    vertx.close().toCompletionStage().toCompletableFuture().join();

    assertThatThrownBy(store::ping).isInstanceOf(StoreUnavailableException.class);
  }

  private RedisStore open() {
    return RedisStore.open(
        vertx, new RedisSettings(redis.url(), 2, new Partitions(1), Retention.DEFAULT, TIME_LIMIT));
  }

  /** The numbers of the connections of others than this command. */
  private List<String> clients() {
    return String.valueOf(redis.command("CLIENT", "LIST"))
        .lines()
        .filter(line -> !line.contains("cmd=client"))
        .map(line -> line.substring(0, line.indexOf(' ')))
        .toList();
  }

  private void assertUnavailable() {
    assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(store::ping);
  }

  /** On all connections, which take turns. */
  private void awaitConnection() {
    await()
        .atMost(PROMPT)
        .ignoreExceptions()
        .untilAsserted(() -> {
          store.ping();
          store.ping();
        });
  }

  private JobSpec submit() {
    return samples.submit(store, 0);
  }

  private Held claim(JobSpec spec) {
    return samples.claim(store, spec);
  }

  private Moved run(JobSpec spec) {
    return samples.run(store, spec);
  }
}
