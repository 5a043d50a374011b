package dev.stint.local.fleet.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stint.local.engine.RedisConnection;
import dev.stint.local.engine.RedisProgram;
import dev.stint.local.engine.RedisServer;
import dev.stint.local.process.Complaint;
import dev.stint.local.process.Launcher;
import dev.stint.local.process.Ports;
import dev.stint.redis.RedisCluster;
import dev.stint.redis.RedisProcess;
import dev.stint.redis.RedisSentinels;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GivenRedisTest {
  @TempDir private Path folder;
  private final int port = Ports.free();
  private Launcher launcher;
  private String url;

  @BeforeEach
  void start() throws Exception {
    launcher = Launcher.open(folder);
    var server = new RedisServer(RedisProgram.find(folder.resolve("bin")), folder, port);
    url = server.url();
    launcher.start(server.launch()).awaitReady(Duration.ofSeconds(60));
  }

  @AfterEach
  void stop() throws Exception {
    launcher.close();
  }

  @Test
  void one_that_has_keys_of_stint_is_refused_and_keeps_them() throws Exception {
    say("SET stint:{p000}:job:1 someones");

    assertThatThrownBy(() -> new GivenRedis(url))
        .isInstanceOf(Complaint.class)
        .hasMessageContaining("has jobs of Stint");
    assertThat(say("GET stint:{p000}:job:1")).isEqualTo("someones");
  }

  @Test
  void at_the_end_the_keys_of_stint_are_gone_and_those_of_others_are_not() throws Exception {
    say("SET other 1");
    var redis = new GivenRedis(url);
    say("SET stint:{p000}:job:1 mine");

    redis.close();

    assertThat(say("EXISTS stint:{p000}:job:1")).isEqualTo("0");
    assertThat(say("GET other")).isEqualTo("1");
  }

  @Test
  void what_is_no_url_of_redis_is_refused_without_its_password() {
    assertThatThrownBy(() -> new GivenRedis("http://user:secret@host"))
        .isInstanceOf(Complaint.class)
        .hasMessageStartingWith(
            "stint.test.redis: url must be redis://host:port, redis-sentinel://")
        .hasMessageNotContaining("secret");
  }

  @Test
  void one_behind_sentinels_is_taken_if_its_master_has_no_keys_of_stint() throws Exception {
    try (var sentinels = RedisSentinels.start()) {
      var redis = new GivenRedis(sentinels.url());
      var master = sentinels.masters().getFirst();
      master.command("SET", "stint:{p000}:job:1", "mine");

      assertThatThrownBy(() -> new GivenRedis(sentinels.url()))
          .isInstanceOf(Complaint.class)
          .hasMessageContaining("has jobs of Stint");
      assertThat(redis.env()).isEmpty();
      redis.close();

      assertThat(master.command("EXISTS", "stint:{p000}:job:1")).isEqualTo(0L);
    }
  }

  @Test
  void a_cluster_is_taken_if_no_master_has_keys_of_stint_and_is_used_with_many_partitions()
      throws Exception {
    try (var cluster = RedisCluster.start()) {
      var redis = new GivenRedis(cluster.url());
      for (int i = 0; i < 8; i++) {
        var key = "stint:{p%03d}:job:1".formatted(i);
        cluster.masterOf(slotOf(cluster.masters().getFirst(), key)).command("SET", key, "mine");
      }

      assertThatThrownBy(() -> new GivenRedis(cluster.url()))
          .isInstanceOf(Complaint.class)
          .hasMessageContaining("has jobs of Stint");
      assertThat(redis.env()).isEqualTo(Map.of("STINT_PARTITIONS", "8"));
      redis.close();

      assertThat(cluster.masters())
          .hasSize(3)
          .allSatisfy(master -> assertThat(master.command("DBSIZE")).isEqualTo(0L));
    }
  }

  private static int slotOf(RedisProcess node, String key) {
    return Math.toIntExact((long) Objects.requireNonNull(node.command("CLUSTER", "KEYSLOT", key)));
  }

  private String say(String command) throws IOException {
    try (var redis = new RedisConnection("127.0.0.1", port)) {
      return redis.call(command);
    }
  }
}
