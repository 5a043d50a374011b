package dev.stint.redis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The engines that other tests stand on. */
class EnginesTest {
  @Test
  void a_cluster_shares_the_slots_among_its_masters() {
    try (var cluster = RedisCluster.start(3, true)) {
      assertThat(cluster.masters()).hasSize(3);
      assertThat(cluster.nodes()).hasSize(6);
      assertThat(cluster.masterOf(0)).isNotSameAs(cluster.masterOf(16383));
    }
  }

  @Test
  void sentinels_name_the_master() {
    try (var sentinels = RedisSentinels.start()) {
      assertThat(sentinels.master()).isSameAs(sentinels.servers().getFirst());
      assertThat(sentinels.master().isMaster()).isTrue();
    }
  }
}
