package dev.stint.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stint.job.JobFilter;
import dev.stint.job.Partitions;
import dev.stint.job.Retention;
import dev.stint.job.StateName;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A slot moves from one node to another while its jobs are worked on. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class SlotMigrationTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int PARTITIONS = 3;
  private static final int SLOT = HashSlot.of(Keys.partition(0));

  private final Samples samples = new Samples();
  private Vertx vertx;
  private RedisCluster redis;
  private RedisStore store;
  private RedisProcess source;
  private RedisProcess target;

  @BeforeEach
  void start() {
    vertx = Vertx.vertx();
    redis = RedisCluster.start();
    store =
        RedisStore.open(
            vertx,
            new RedisSettings(
                redis.url(),
                2,
                new Partitions(PARTITIONS),
                Retention.DEFAULT,
                Duration.ofSeconds(60)));
    source = redis.masterOf(SLOT);
    target = redis.masters().stream().filter(node -> node != source).findFirst().orElseThrow();
  }

  @AfterEach
  void stop() {
    try (var _ = redis) {
      store.close();
      vertx.close().toCompletionStage().toCompletableFuture().join();
    }
  }

  @Test
  void jobs_are_read_wherever_their_keys_are() {
    var specs = IntStream.range(0, 40).mapToObj(_ -> samples.submit(store, 0)).toList();
    begin();
    var first = keys();
    migrate(first.subList(0, first.size() / 2));

    assertThat(specs).allSatisfy(spec -> assertThat(store.queries().find(spec.id())).isPresent());
    assertThat(store.queries().list(JobFilter.ALL, 100, null).jobs()).hasSize(specs.size());
    assertThat(errors(source, "ASK")).isPositive();
  }

  @Test
  void a_move_of_a_job_waits_until_all_its_keys_are_in_one_place() throws Exception {
    var specs = IntStream.range(0, 40).mapToObj(_ -> samples.submit(store, 0)).toList();
    begin();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var moves =
          specs.stream().map(spec -> threads.submit(() -> samples.run(store, spec))).toList();
      await().atMost(LIMIT).until(() -> errors(source, "ASK") >= specs.size());
      finish();

      for (var moved : moves) {
        assertThat(moved.get().applied()).isTrue();
      }
    }
    assertThat(store.queries().counts().getFirst().now())
        .containsEntry(StateName.SUCCEEDED, (long) specs.size())
        .containsEntry(StateName.QUEUED, 0L);
    assertThat(errors(source, "MOVED")).isPositive();
  }

  @Test
  void no_call_fails_and_no_job_is_lost_while_a_slot_moves_to_and_fro() {
    var traffic = new Traffic(store, samples, PARTITIONS);
    try (traffic) {
      for (int i = 0; i < 6; i++) {
        traffic.reset();
        await().atMost(LIMIT).until(() -> traffic.hasDoneInEach(20));
        begin();
        finish();
        var back = source;
        source = target;
        target = back;
      }
      traffic.reset();
      await().atMost(LIMIT).until(() -> traffic.hasDoneInEach(20));
    }

    assertThat(traffic.refused()).isZero();
    assertThat(traffic.surprises()).isEmpty();
    assertThat(traffic.completed())
        .allSatisfy(id ->
            assertThat(store.queries().find(id).orElseThrow().state().name())
                .isEqualTo(StateName.SUCCEEDED));
    assertThat(store.queries().counts().getFirst().now())
        .containsEntry(StateName.SUCCEEDED, (long) traffic.completed().size());
    assertThat(target.command("CLUSTER", "COUNTKEYSINSLOT", SLOT)).isEqualTo(0L);
  }

  private void begin() {
    target.command("CLUSTER", "SETSLOT", SLOT, "IMPORTING", RedisCluster.id(source));
    source.command("CLUSTER", "SETSLOT", SLOT, "MIGRATING", RedisCluster.id(target));
  }

  /** In the order that Redis asks for: first the new owner knows, then the old one, then all. */
  private void finish() {
    for (var keys = keys(); !keys.isEmpty(); keys = keys()) {
      migrate(keys);
    }
    var id = RedisCluster.id(target);
    target.command("CLUSTER", "SETSLOT", SLOT, "NODE", id);
    source.command("CLUSTER", "SETSLOT", SLOT, "NODE", id);
    for (RedisProcess node : redis.masters()) {
      await().atMost(LIMIT).until(() -> redis.masterOf(node, SLOT) == target);
    }
  }

  private List<String> keys() {
    var keys = new ArrayList<String>();
    source.list("CLUSTER", "GETKEYSINSLOT", SLOT, 100).forEach(key -> keys.add("" + key));
    return keys;
  }

  private void migrate(List<String> keys) {
    var head = Stream.of("MIGRATE", "127.0.0.1", target.port(), "", 0, 5000, "KEYS");
    source.command(Stream.concat(head, keys.stream()).toArray());
  }

  private static long errors(RedisProcess node, String name) {
    return String.valueOf(node.command("INFO", "errorstats"))
        .lines()
        .filter(line -> line.startsWith("errorstat_" + name + ":count="))
        .mapToLong(line -> Long.parseLong(line.substring(line.indexOf('=') + 1)))
        .sum();
  }
}
