package dev.stint.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stint.local.process.ChildProcess;
import dev.stint.local.process.Launch;
import dev.stint.local.process.Launcher;
import dev.stint.local.process.Stage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupervisorTest {
  @TempDir private Path folder;
  private Launcher launcher;
  private Supervisor supervisor;
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final List<String> news = new ArrayList<>();

  @BeforeEach
  void open() throws Exception {
    launcher = Launcher.open(folder);
    supervisor = new Supervisor(launcher, () -> now, news::add);
  }

  @AfterEach
  void close() throws Exception {
    launcher.close();
  }

  @Test
  void killed_process_is_started_again_under_its_name() throws Exception {
    ChildProcess child = started("worker-1", Stage.WORKER, "exec sleep 600");
    child.kill();
    child.awaitExit(Duration.ofSeconds(60));

    assertThat(supervisor.runOnce()).isEqualTo(1);
    assertThat(news).containsExactly("worker-1 died with exit code 137; starting it again");
    assertThat(pidFile("worker-1")).isNotEqualTo(child.pid());
  }

  @Test
  void flapping_process_waits_before_it_is_started_again() throws Exception {
    started("worker-1", Stage.WORKER, "exit 1");
    awaitNews(1);
    awaitNews(2);

    assertThat(supervisor.runOnce()).isZero();
    assertThat(news.getLast()).endsWith("starting it again in 1 s");

    now = now.plusSeconds(1);
    assertThat(supervisor.runOnce()).isEqualTo(1);
  }

  @Test
  void worker_that_drained_stays_away() throws Exception {
    started("worker-1", Stage.WORKER, "exit 0");
    started("worker-2", Stage.WORKER, "exit 2");
    awaitNews(2);

    now = now.plusSeconds(60);
    assertThat(supervisor.runOnce()).isZero();
    assertThat(news)
        .containsExactlyInAnyOrder(
            "worker-1 has drained and left", "worker-2 has drained and left");
  }

  @Test
  void engine_that_ends_is_started_again_even_after_exit_code_0() throws Exception {
    started("broker", Stage.BROKER, "exit 0");

    awaitNews(1);

    assertThat(news.getFirst()).isEqualTo("broker died with exit code 0; starting it again");
  }

  @Test
  void living_processes_are_left_alone() throws Exception {
    started("worker-1", Stage.WORKER, "exec sleep 600");

    assertThat(supervisor.runOnce()).isZero();
    assertThat(news).isEmpty();
  }

  private void awaitNews(int lines) {
    await()
        .untilAsserted(() -> {
          supervisor.runOnce();
          assertThat(news).hasSizeGreaterThanOrEqualTo(lines);
        });
  }

  private ChildProcess started(String name, Stage stage, String script) {
    ChildProcess child =
        launcher.start(
            new Launch(
                name,
                stage,
                List.of("sh", "-c", script),
                Map.of(),
                () -> true,
                Duration.ofSeconds(1)));
    supervisor.watch(child);
    return child;
  }

  private long pidFile(String name) throws Exception {
    return Long.parseLong(
        Files.readString(folder.resolve("run").resolve(name + ".pid")).split(" ")[0]);
  }
}
