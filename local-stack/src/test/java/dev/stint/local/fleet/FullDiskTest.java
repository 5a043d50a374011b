package dev.stint.local.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stint.local.engine.RedisProgram;
import dev.stint.local.engine.RedisServer;
import dev.stint.local.fleet.engine.Engine;
import dev.stint.local.fleet.engine.TestEngines;
import dev.stint.local.process.Launch;
import dev.stint.local.process.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The disk on which Redis keeps jobs and results is full, and then is not. */
@Tag(Fleet.KILLS_ENGINES)
@Tag(Fleet.KILLS_REDIS)
class FullDiskTest {
  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private Path folder;

  @Test
  void requests_are_refused_and_what_runs_ends_when_there_is_room_again() throws Exception {
    var data = Files.createDirectories(folder.resolve("redis"));
    try (var fleet = Fleet.start(folder, redis(data))) {
      fleet.worker("worker", 4);
      var before = fleet.api().submit(300, "journal", fleet.journaled(0));
      await().atMost(FreshFleet.MINUTE).until(() -> fleet.count("journal", "succeeded") == 300);
      var running = fleet.api().submit(4, "journal", fleet.journaled(1_500));
      await().until(() -> fleet.journal().started().size() == 304);

      limit(fleet, Long.toString(size(data)));
      var accepted = new ArrayList<String>();
      await().atMost(FreshFleet.MINUTE).until(() -> refused(fleet, accepted));
      await().until(() -> fleet.journal().ended().containsAll(running));
      limit(fleet, "unlimited");

      accepted.addAll(before);
      accepted.addAll(running);
      await()
          .atMost(FreshFleet.MINUTE)
          .until(() -> fleet.count("journal", "succeeded") == accepted.size());
      assertThat(fleet.journal().started())
          .doesNotHaveDuplicates()
          .containsExactlyInAnyOrderElementsOf(accepted);
      fleet.api().submitUntilAccepted("square", Map.of("number", 2), FreshFleet.MINUTE);
    }
  }

  /** Posts a job; whether it was refused, with the hint to come again. */
  private static boolean refused(Fleet fleet, List<String> accepted) throws Exception {
    var body =
        "{\"task\":\"journal\",\"params\":{\"path\":\"%s\",\"millis\":0}}"
            .formatted(fleet.journalFile());
    var answer = fleet.api().call("POST", "/api/v1/jobs", body);
    if (answer.statusCode() == 202) {
      accepted.add(answer.body().replaceAll("(?s).*?\"id\"\\s*:\\s*\"([^\"]+)\".*", "$1"));
      return false;
    }
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    return true;
  }

  /** Redis, to which a file that may not grow is an error, not the end: as a full disk is. */
  private static Engine redis(Path data) {
    var server = new RedisServer(RedisProgram.find(data.resolve("bin")), data, Ports.free());
    var plain = server.launch();
    var command = new ArrayList<>(List.of("sh", "-c", "trap '' XFSZ; exec \"$@\"", "sh"));
    command.addAll(plain.command());
    return TestEngines.owned(
        server.url(),
        new Launch(plain.name(), plain.stage(), command, plain.env(), plain.ready(), plain.grace()),
        data);
  }

  /** Sets how large files of Redis may be, in bytes. */
  private static void limit(Fleet fleet, String bytes) throws Exception {
    var command =
        List.of(
            "prlimit", "--pid", Long.toString(fleet.get("redis").pid()), "--fsize=" + bytes + ":");
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
  }

  /** Of the append-only file that is written to: the largest. */
  private static long size(Path data) throws IOException {
    try (Stream<Path> files = Files.walk(data)) {
      return files
          .filter(file -> file.toString().endsWith(".aof"))
          .mapToLong(file -> file.toFile().length())
          .max()
          .orElseThrow();
    }
  }
}
