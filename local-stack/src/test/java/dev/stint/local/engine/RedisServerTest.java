package dev.stint.local.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stint.local.process.ChildProcess;
import dev.stint.local.process.Launcher;
import dev.stint.local.process.Ports;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedisServerTest {
  private static final Duration START = Duration.ofSeconds(60);

  @TempDir private Path folder;
  private Launcher launcher;
  private RedisServer redis;

  @BeforeEach
  void open() throws Exception {
    launcher = Launcher.open(folder);
    Path data = Files.createDirectories(folder.resolve("redis"));
    redis = new RedisServer(RedisProgram.find(folder.resolve("bin")), data, Ports.free());
  }

  @AfterEach
  void close() throws Exception {
    launcher.close();
  }

  @Test
  void what_was_written_survives_sigterm() throws Exception {
    ChildProcess first = started();
    say("SET greeting hello");
    first.stop();

    started();

    assertThat(first.exitCode()).hasValue(0);
    assertThat(say("GET greeting")).isEqualTo("hello");
  }

  @Test
  void what_was_written_survives_sigkill() throws Exception {
    ChildProcess first = started();
    say("SET greeting hello");
    first.kill();
    first.awaitExit(START);

    started();

    assertThat(say("GET greeting")).isEqualTo("hello");
  }

  @Test
  void full_memory_is_an_error_and_evicts_nothing() throws Exception {
    started();

    assertThat(say("INFO memory")).contains("maxmemory_policy:noeviction");
  }

  @Test
  void strict_it_writes_to_disk_before_it_answers() throws Exception {
    launcher.start(redis.launchStrict()).awaitReady(START);

    try (var connection = new RedisConnection("127.0.0.1", redis.port())) {
      assertThat(connection.list("CONFIG GET appendfsync"))
          .containsExactly("appendfsync", "always");
    }
  }

  @Test
  void answers_of_many_parts_are_lists() throws Exception {
    started();

    try (var connection = new RedisConnection("127.0.0.1", redis.port())) {
      connection.call("SADD letters a");
      assertThat(connection.list("SCAN 0")).containsExactly("0", "letters");
      assertThat(connection.list("SMEMBERS none")).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "Redis server v=6.2.11 sha=0 malloc=jemalloc, true",
    "Redis server v=7.0.15 sha=0, true",
    "Valkey server v=8.1.1 sha=0, true",
    "Redis server v=6.0.16 sha=0, false",
    "Redis server v=5.0.14.1, false",
    "command not found, false"
  })
  void only_redis_6_2_and_newer_is_taken(String version, boolean taken) {
    assertThat(RedisProgram.isNewEnough(version)).isEqualTo(taken);
  }

  private ChildProcess started() throws Exception {
    ChildProcess child = launcher.start(redis.launch());
    child.awaitReady(START);
    return child;
  }

  private String say(String command) throws Exception {
    try (var connection = new RedisConnection("127.0.0.1", redis.port())) {
      return connection.call(command);
    }
  }
}
