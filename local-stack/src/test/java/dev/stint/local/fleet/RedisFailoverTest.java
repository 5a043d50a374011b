package dev.stint.local.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stint.local.fleet.engine.RedisGroup;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** A master of Redis dies while jobs are sent and run; another one takes its place. */
class RedisFailoverTest {
  private static final Duration LIMIT = Duration.ofMinutes(4);
  private static final int SLOTS = 10;
  private static final int BEFORE = 2_000;
  private static final int AFTER = 200;

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private Path folder;

  @Test
  void sentinels_name_another_master() throws Exception {
    failover(RedisGroup.sentinels());
  }

  @Test
  void a_replica_takes_over_a_part_of_the_cluster() throws Exception {
    failover(RedisGroup.cluster());
  }

  private void failover(RedisGroup redis) throws Exception {
    try (var fleet = Fleet.start(folder, redis)) {
      fleet.worker("a", SLOTS);
      fleet.worker("b", SLOTS);
      var ids = new ArrayList<>(fleet.api().submit(BEFORE, "journal", fleet.journaled(10)));
      await().atMost(LIMIT).until(() -> succeeded(fleet) >= BEFORE / 4);

      redis.killMaster();
      for (int i = 0; i < AFTER; i++) {
        ids.add(fleet.api().submitUntilAccepted("journal", fleet.journaled(10), LIMIT));
      }

      await().atMost(LIMIT).until(() -> succeeded(fleet) == BEFORE + AFTER);
      var journal = fleet.journal();
      assertThat(new HashSet<>(journal.ended())).isEqualTo(new HashSet<>(ids));
      // Redis replicates without waiting: a claim of the last moment may be unknown to the new
      // master, and then the job is run once more.
      assertThat(journal.started().size()).isBetween(ids.size(), ids.size() + 2 * SLOTS);
    }
  }

  private static long succeeded(Fleet fleet) throws InterruptedException {
    return fleet.api().isAnswering() ? fleet.count("journal", "succeeded") : 0;
  }
}
