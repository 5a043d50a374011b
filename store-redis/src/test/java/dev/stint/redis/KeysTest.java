package dev.stint.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stint.job.IdempotencyKey;
import dev.stint.job.JobFilter;
import dev.stint.job.Publication;
import dev.stint.job.StateName;
import dev.stint.job.StoreContract;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is in Redis: docs/redis-keys.md. */
class KeysTest extends StoreContract {
  @RegisterExtension static final TestStore STORE = new TestStore(PARTITIONS);

  @Override
  protected Repositories store() {
    return STORE.repositories();
  }

  @BeforeEach
  void empty() {
    STORE.empty();
  }

  @Test
  void every_key_carries_the_hash_tag_of_its_partition() {
    for (int partition = 0; partition < PARTITIONS; partition++) {
      everyKindOfJob(partition);
    }

    assertThat(keys()).allMatch(key -> key.matches("stint:\\{p00[012]}:.+"));
    assertThat(keys().map(key -> key.substring(0, 12)).distinct())
        .containsExactlyInAnyOrder("stint:{p000}", "stint:{p001}", "stint:{p002}");
  }

  @Test
  void what_is_left_after_pruning_is_counters_and_what_ends_by_itself() {
    everyKindOfJob(0);
    jobs().promote(now.plus(Duration.ofHours(1)), 10);
    for (var job : queries().list(JobFilter.ALL, 100, null).jobs()) {
      jobs().claim(job.spec().id(), 1, "worker-9", now);
      jobs().cancel(job.spec().id(), null, now);
      jobs().claim(job.spec().id(), 1, "worker-9", now);
    }
    assertThat(queries().list(JobFilter.ALL, 100, null).jobs())
        .allMatch(job -> job.state().name().isFinal());

    pass(Duration.ofDays(365));
    store().pruning().prune(now, 100);
    store().outbox().overdue(now, now, 100);

    assertThat(keys().filter(key -> !key.contains(":idem:")))
        .containsExactlyInAnyOrder("stint:{p000}:lanes", "stint:{p000}:totals");
    assertThat(keys().filter(key -> key.contains(":idem:")))
        .allMatch(key -> STORE.behind().command("PTTL", key).toLong() > 0);
  }

  @Test
  void entries_without_a_record_are_dropped_wherever_they_stand() {
    var orphan = id(0).value();
    for (var set : List.of("due", "outbox", "ended", "ix:default:square:queued")) {
      var member = set.equals("outbox") ? orphan + ":1" : orphan;
      STORE.behind().command("ZADD", "stint:{p000}:" + set, 0, member);
    }
    STORE.behind().command("SADD", "stint:{p000}:lanes", "default:square");

    assertThat(jobs().promote(now, 10)).isEmpty();
    assertThat(store().outbox().overdue(now, now, 10)).isEmpty();
    assertThat(store().pruning().prune(now, 10)).isZero();
    assertThat(queries().list(JobFilter.ALL, 10, null).jobs()).isEmpty();
    assertThat(keys())
        .containsExactlyInAnyOrder("stint:{p000}:lanes", "stint:{p000}:ix:default:square:queued");
  }

  @Test
  void a_due_entry_of_a_job_that_is_elsewhere_is_dropped() {
    var held = aRunningJob();
    STORE.behind().command("ZADD", "stint:{p000}:due", 0, held.id().value());

    assertThat(jobs().promote(now, 10)).isEmpty();
    assertThat(stateOf(held.id())).isEqualTo(StateName.RUNNING);
    assertThat(keys()).doesNotContain("stint:{p000}:due");
  }

  @Test
  void pruning_leaves_foreign_keys_alone() {
    STORE.behind().command("SET", "stint", "1");
    STORE.behind().command("SET", "somebody:else", "2");
    STORE.behind().command("HSET", "stint:{p000}:mine", "a", "b");
    aJob(StateName.SUCCEEDED);
    pass(Duration.ofDays(365));

    assertThat(store().pruning().prune(now, 10)).isEqualTo(1);
    assertThat(keys()).contains("stint", "somebody:else", "stint:{p000}:mine");
  }

  private void everyKindOfJob(int partition) {
    var queued = submitted(spec("default", "square", partition));
    var key = new IdempotencyKey("key-" + partition, "print");
    jobs().submit(spec("reports", "square", partition), key);
    var running = claimed(submitted(spec("default", "square", partition)));
    store().journal().log(running, List.of("a line"));
    store().journal().progress(running, 0.5);
    jobs().cancel(running.id(), null, now);
    jobs().retryLater(claimed(submitted(spec("default", "square", partition))), FAILURE, now, now);
    jobs().complete(claimed(submitted(spec("default", "square", partition))), "1", now);
    jobs().giveUp(claimed(submitted(spec("default", "square", partition))), FAILURE, now);
    store().outbox().confirmed(new Publication(queued.spec(), 1));
    await().until(() -> !queries().log(running.id(), 1).isEmpty());
  }

  private static Stream<String> keys() {
    return STORE.behind().command("KEYS", "*").stream().map(Response::toString);
  }
}
