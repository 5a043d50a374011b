package dev.stint.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stint.redis.RedisProcess;
import dev.stint.redis.RedisSettings;
import dev.stint.redis.RedisStore;
import dev.stint.slot.Slots;
import dev.stint.work.RunningAttempts;
import dev.stint.worker.SlotLimits;
import dev.stint.worker.WorkerInfo;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Heartbeats that reach a real Redis. */
class HeartbeatTest {
  private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");
  private static final Duration LONG = Duration.ofMinutes(1);

  private static RedisProcess redis;
  private static Vertx vertx;
  private static RedisStore store;

  private volatile Instant now = START;
  private final AtomicInteger heard = new AtomicInteger();

  @BeforeAll
  static void open() {
    vertx = Vertx.vertx();
    redis = RedisProcess.start();
    store = RedisStore.open(vertx, RedisSettings.of(redis.url()));
  }

  @AfterAll
  static void close() {
    store.close();
    redis.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void they_go_on_when_the_clock_is_set_and_tell_what_it_says() {
    try (var heartbeat = heartbeat("w1", Map::of)) {
      heartbeat.start(listener());
      for (var hours : List.of(1, -2, 1)) {
        now = now.plus(Duration.ofHours(hours));
        await().atMost(LONG).until(() -> seen("w1").equals(Optional.of(now)));
      }
      assertThat(heartbeat.isHeard()).isTrue();
    }
    assertThat(store.workers().list(now)).isEmpty();
  }

  @Test
  void one_that_breaks_is_not_the_last() {
    var tries = new AtomicInteger();
    Supplier<Map<String, Long>> breaking =
        () -> {
          if (tries.incrementAndGet() == 1) {
            throw new StackOverflowError("once");
          }
          return Map.of();
        };
    try (var heartbeat = heartbeat("w2", breaking)) {
      heartbeat.start(listener());
      await().atMost(LONG).until(() -> heard.get() > 0);
    }
    assertThat(tries).hasValueGreaterThan(1);
  }

  private Heartbeat heartbeat(String id, Supplier<Map<String, Long>> seenEmpty) {
    var load =
        new Heartbeat.Load(
            new Slots(new SlotLimits(1, Map.of())),
            new RunningAttempts(store.journal(), System::nanoTime),
            Map.of(),
            List.of(),
            seenEmpty);
    return new Heartbeat(identity(id), store.workers(), load, () -> now);
  }

  private static WorkerIdentity identity(String id) {
    return new WorkerIdentity(id, id, "host", 1, "0.1", "jvm", START);
  }

  private Heartbeat.Listener listener() {
    return new Heartbeat.Listener() {
      @Override
      public void drainAsked() {}

      @Override
      public void heard(boolean isHeard) {
        if (isHeard) {
          heard.incrementAndGet();
        }
      }
    };
  }

  /** When the worker was last seen; nothing if it is not known. */
  private Optional<Instant> seen(String id) {
    return store.workers().list(now).stream()
        .filter(info -> info.id().equals(id))
        .map(WorkerInfo::seenAt)
        .findFirst();
  }
}
