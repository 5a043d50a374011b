package dev.stint.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stint.job.JobId;
import dev.stint.job.Partitions;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A cluster of three masters passes every contract. */
class ClusterContractTest extends RedisContracts {
  private static final int PARTITIONS = 16;

  @RegisterExtension static final TestStore STORE = new TestStore(PARTITIONS, RedisCluster::start);

  private final Samples samples = new Samples();

  ClusterContractTest() {
    super(STORE);
  }

  @Test
  void each_node_has_some_of_the_jobs() {
    IntStream.range(0, PARTITIONS)
        .forEach(partition -> STORE.store().jobs().submit(samples.spec(partition), null));

    assertThat(STORE.redis().masters())
        .hasSize(3)
        .allSatisfy(master -> assertThat((long) master.command("DBSIZE")).isPositive());
  }

  @Test
  void the_cluster_counts_slots_as_the_store_does() {
    var node = STORE.redis().masters().getFirst();

    assertThat(Keys.partitions(new Partitions(JobId.MAX_PARTITIONS)))
        .allSatisfy(name ->
            assertThat(node.command("CLUSTER", "KEYSLOT", name + "job:1"))
                .isEqualTo((long) HashSlot.of(name)));
  }
}
