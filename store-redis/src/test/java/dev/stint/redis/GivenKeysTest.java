package dev.stint.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GivenKeysTest {
  @Test
  void of_a_cluster_those_on_every_master_are_found_and_removed() throws Exception {
    try (var cluster = RedisCluster.start();
        var given = GivenKeys.at(cluster.url())) {
      assertThat(given.any()).isFalse();
      IntStream.range(0, 16).forEach(i -> set(cluster, "stint:{p%03d}:job:1".formatted(i)));
      set(cluster, "other");
      assertThat(cluster.masters())
          .allSatisfy(master -> assertThat((long) master.command("DBSIZE")).isPositive());
      assertThat(given.any()).isTrue();

      given.remove();

      assertThat(given.any()).isFalse();
      assertThat(cluster.masters().stream().<List<?>>map(master -> master.list("KEYS", "*")))
          .containsExactlyInAnyOrder(List.of("other"), List.of(), List.of());
    }
  }

  @Test
  void one_on_any_master_of_a_cluster_is_enough() throws Exception {
    try (var cluster = RedisCluster.start();
        var given = GivenKeys.at(cluster.url())) {
      for (var key : List.of("stint:{p000}:1", "stint:{p001}:1", "stint:{p002}:1")) {
        set(cluster, key);

        assertThat(given.any()).as(key).isTrue();
        given.remove();
      }
    }
  }

  @Test
  void behind_sentinels_those_of_the_master_are_found_and_removed() throws Exception {
    try (var sentinels = RedisSentinels.start();
        var given = GivenKeys.at(sentinels.url())) {
      assertThat(given.any()).isFalse();
      sentinels.master().command("SET", "stint:{p000}:job:1", "mine");
      sentinels.master().command("SET", "other", "1");
      assertThat(given.any()).isTrue();

      given.remove();

      assertThat(sentinels.master().list("KEYS", "*")).isEqualTo(List.of("other"));
    }
  }

  @Test
  void other_urls_are_refused() {
    assertThatIllegalArgumentException().isThrownBy(() -> GivenKeys.at("http://host"));
  }

  private static void set(RedisCluster cluster, String key) {
    cluster.masterOf(HashSlot.of(key)).command("SET", key, "1");
  }
}
