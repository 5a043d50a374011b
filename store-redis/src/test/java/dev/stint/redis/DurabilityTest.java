package dev.stint.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import dev.stint.job.IdempotencyKey;
import dev.stint.job.Requeued;
import dev.stint.job.StateName;
import dev.stint.job.StoreUnavailableException;
import dev.stint.job.Submission;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Jobs are accepted when they are as safe as the settings ask, and else refused. */
@Isolated("its stores give up soon, which they must not do for want of a processor")
class DurabilityTest {
  private static final Duration SOON = Duration.ofMillis(300);
  private static final Duration LONG = Duration.ofSeconds(4);
  private static final Duration PROMPT = Duration.ofSeconds(20);
  private static final IdempotencyKey KEY = new IdempotencyKey("key", "print");
  private static final Pattern CALLS = Pattern.compile("cmdstat_wait(?:aof)?:calls=(\\d+)");

  private final Samples samples = new Samples();
  private Vertx vertx;
  private RedisProcess redis;
  private RedisProcess replica;
  private Path folder;

  @BeforeEach
  void start() throws IOException {
    vertx = Vertx.vertx();
    redis = RedisProcess.start();
    folder = Files.createTempDirectory("stint-replica");
    replica =
        RedisProcess.start(
            RedisBinary.in(folder),
            folder,
            RedisProcess.freePort(),
            List.of("--replicaof", "127.0.0.1", String.valueOf(redis.port())));
    await().atMost(PROMPT).until(this::isReplicated);
  }

  @AfterEach
  void stop() {
    try (var _ = redis;
        var _ = replica) {
      vertx.close().toCompletionStage().toCompletableFuture().join();
    }
  }

  @Test
  void a_job_that_a_replica_has_is_accepted() {
    try (var store = open("replicas:1", LONG)) {
      var spec = samples.submit(store, 0);

      // Nothing is waited for here: that submit has come back is what puts it there.
      assertThat(replica.command("HGET", Keys.job(spec.id()), "state")).isEqualTo("queued");
    }
  }

  @Test
  void without_its_replica_a_job_is_refused_until_it_is_back_and_then_it_is_the_same_job() {
    try (var store = open("replicas:1", SOON)) {
      var spec = samples.spec(0);
      replica.freeze();
      try {
        for (int i = 0; i < 2; i++) {
          assertThatExceptionOfType(StoreUnavailableException.class)
              .isThrownBy(() -> store.jobs().submit(spec, KEY))
              .withMessage(
                  "Redis: not with 1 replicas within 300 ms, as stint.redis.wait asks;"
                      + " the job may exist, and be safe later");
        }
      } finally {
        replica.thaw();
      }

      await()
          .atMost(PROMPT)
          .ignoreExceptionsMatching(StoreUnavailableException.class::isInstance)
          .untilAsserted(() ->
              assertThat(store.jobs().submit(samples.spec(0), KEY))
                  .isEqualTo(new Submission.Duplicate(spec.id())));
      assertThat(replica.command("HGET", Keys.job(spec.id()), "state")).isEqualTo("queued");
    }
  }

  /** The connection that repeats it has not written the job itself. */
  @Test
  void a_repeated_submit_waits_as_long_as_the_first_one_whatever_connection_it_takes() {
    try (var first = open("replicas:1", SOON);
        var second = open("replicas:1", SOON)) {
      var spec = samples.spec(0);
      second.ping();
      replica.freeze();
      try {
        assertThatExceptionOfType(StoreUnavailableException.class)
            .isThrownBy(() -> first.jobs().submit(spec, KEY));
        assertThatExceptionOfType(StoreUnavailableException.class)
            .isThrownBy(() -> second.jobs().submit(samples.spec(0), KEY));
        assertThatExceptionOfType(StoreUnavailableException.class)
            .isThrownBy(() -> second.jobs().submit(spec, null));
      } finally {
        replica.thaw();
      }
    }
  }

  @Test
  void requeue_waits_too_and_nothing_else_does() {
    try (var store = open("replicas:1", LONG)) {
      var spec = samples.submit(store, 0);
      long submitted = waits();
      assertThat(submitted).isPositive();

      var held = samples.claim(store, spec);
      store.jobs().complete(held, "1", Samples.NOW);
      store.jobs().promote(Samples.NOW, 10);
      assertThat(store.queries().result(spec.id()).orElseThrow().state())
          .isEqualTo(StateName.SUCCEEDED);
      assertThat(waits()).isEqualTo(submitted);

      assertThat(store.jobs().requeue(spec.id(), Samples.NOW)).isInstanceOf(Requeued.Queued.class);
      assertThat(waits()).isEqualTo(submitted + 1);
    }
  }

  @Test
  void without_the_setting_no_command_is_sent_for_it() {
    try (var store = open("none", LONG)) {
      samples.submit(store, 0);

      assertThat(waits()).isZero();
    }
  }

  @Test
  void jobs_submitted_at_the_same_time_share_a_wait() throws Exception {
    int jobs = 200;
    try (var store = open("replicas:1", LONG);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var calls = new ArrayList<Callable<Submission>>();
      for (int i = 0; i < jobs; i++) {
        var spec = samples.spec(0);
        calls.add(() -> store.jobs().submit(spec, null));
      }

      for (Future<Submission> one : threads.invokeAll(calls)) {
        assertThat(one.get()).isInstanceOf(Submission.Queued.class);
      }

      assertThat(waits()).isBetween(1L, jobs / 2L);
      assertThat(replica.command("ZCARD", "stint:{p000}:outbox")).isEqualTo((long) jobs);
    }
  }

  @Test
  void a_crash_of_the_replica_while_jobs_wait_refuses_them_and_the_store_lives_on() {
    try (var store = open("replicas:1", SOON)) {
      samples.submit(store, 0);
      replica.kill();
      assertThatExceptionOfType(StoreUnavailableException.class)
          .isThrownBy(() -> samples.submit(store, 0));
      store.ping();

      replica.restart();
      await()
          .atMost(PROMPT)
          .ignoreExceptionsMatching(StoreUnavailableException.class::isInstance)
          .until(() -> samples.submit(store, 0) != null);
    }
  }

  /** Which of the two it has to be is told by the server. */
  @Test
  void the_append_only_file_is_waited_for_by_a_server_that_can_and_else_it_is_not_used() {
    redis.command("CONFIG", "SET", "appendfsync", "always");
    try (var store = open("aof", LONG)) {
      if (knowsWaitAof()) {
        samples.submit(store, 0);
        assertThat(waits()).isPositive();
      } else {
        refused(store, "ERR unknown command");
      }
    }
  }

  @Test
  void a_server_without_an_append_only_file_is_not_used() {
    redis.command("CONFIG", "SET", "appendonly", "no");
    try (var store = open("aof", LONG)) {
      refused(store, knowsWaitAof() ? "appendonly" : "ERR unknown command");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "none, NONE, 0",
    "aof, AOF, 0",
    "replicas:1, REPLICAS, 1",
    "replicas:12, REPLICAS, 12"
  })
  void settings_are_read(String text, Durability.Kind kind, int replicas) {
    assertThat(Durability.parse(text, SOON)).isEqualTo(new Durability(kind, replicas, SOON));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "AOF", "replicas", "replicas:0", "replicas:-1", "replicas:1000", "1"})
  void other_settings_are_refused_with_the_rule(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Durability.parse(text, SOON))
        .withMessage("wait must be none, aof or replicas:N with N from 1 to 999, not " + text);
  }

  @Test
  void the_time_it_may_take_has_limits() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Durability.parse("aof", Duration.ZERO))
        .withMessage("wait-timeout must be at least a millisecond, not PT0S");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> open("aof", Duration.ofSeconds(5)))
        .withMessage("wait-timeout must be less than PT5S, not PT5S");
  }

  private RedisStore open(String wait, Duration timeLimit) {
    return RedisStore.open(
        vertx, RedisSettings.of(redis.url()).with(Durability.parse(wait, timeLimit)));
  }

  private void refused(RedisStore store, String cause) {
    var spec = samples.spec(0);
    assertThatExceptionOfType(StoreUnavailableException.class)
        .isThrownBy(() -> store.jobs().submit(spec, null))
        .withMessageContaining("stint.redis.wait=aof needs Redis 7.2 or newer, or Valkey")
        .withMessageContaining(cause);
    assertThat(redis.command("EXISTS", Keys.job(spec.id()))).isEqualTo(0L);
  }

  private boolean knowsWaitAof() {
    return redis.list("COMMAND", "INFO", "WAITAOF").getFirst() != null;
  }

  private boolean isReplicated() {
    return String.valueOf(redis.command("INFO", "replication")).contains("state=online");
  }

  /** So many commands were sent to wait, without those that greet a connection. */
  private long waits() {
    var found = CALLS.matcher(String.valueOf(redis.command("INFO", "commandstats")));
    return found.find() ? Long.parseLong(found.group(1)) : 0;
  }
}
