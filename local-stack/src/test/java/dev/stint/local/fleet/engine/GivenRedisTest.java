package dev.stint.local.fleet.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stint.local.engine.RedisConnection;
import dev.stint.local.engine.RedisProgram;
import dev.stint.local.engine.RedisServer;
import dev.stint.local.process.Complaint;
import dev.stint.local.process.Launcher;
import dev.stint.local.process.Ports;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
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
    launcher.start(server.launch()).awaitReady(Duration.ofSeconds(20));
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
        .hasMessage("stint.test.redis must be redis://host:port, not http://host");
  }

  private String say(String command) throws IOException {
    try (var redis = new RedisConnection("127.0.0.1", port)) {
      return redis.call(command);
    }
  }
}
