package dev.stint.local.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LauncherTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir private Path folder;

  @Test
  void output_of_a_child_goes_to_its_log() throws Exception {
    try (var launcher = Launcher.open(folder)) {
      ChildProcess child = launcher.start(shell("talk", "echo out; echo err >&2; echo $WORD", "w"));

      assertThat(child.awaitExit(LONG)).isTrue();
      assertThat(child.exitCode()).hasValue(0);
      assertThat(folder.resolve("logs/talk.log")).hasContent("out\nerr\nw\n");
    }
  }

  @Test
  void child_is_in_a_session_of_its_own() throws Exception {
    try (var launcher = Launcher.open(folder)) {
      ChildProcess child = launcher.start(shell("sleeper", "sleep 600", ""));

      await().untilAsserted(() -> assertThat(session(child.pid())).isEqualTo(child.pid()));
    }
  }

  @Test
  void a_paused_child_hangs_until_it_is_resumed() throws Exception {
    try (var launcher = Launcher.open(folder)) {
      ChildProcess child =
          launcher.start(shell("counter", "while :; do echo on; sleep 0.01; done", ""));
      await().until(() -> Files.size(child.log()) > 0);

      child.pause();
      await().until(() -> state(child.pid()).equals("T"));
      child.resume();

      await().until(() -> !state(child.pid()).equals("T"));
      long written = Files.size(child.log());
      await().until(() -> Files.size(child.log()) > written);
    }
  }

  @Test
  void close_ends_what_runs_and_kills_what_ignores_it() throws Exception {
    ChildProcess good;
    ChildProcess stubborn;
    try (var launcher = Launcher.open(folder)) {
      good = launcher.start(shell("good", "exec sleep 600", ""));
      stubborn =
          launcher.start(shell("stubborn", "trap '' TERM; echo on; sleep 600 & wait; wait", ""));
      await().untilAsserted(() -> assertThat(stubborn.log()).content().contains("on"));
    }

    assertThat(good.exitCode()).hasValue(128 + 15);
    assertThat(stubborn.exitCode()).hasValue(128 + 9);
  }

  @Test
  void child_that_ends_before_it_is_ready_is_explained_by_its_log() throws Exception {
    try (var launcher = Launcher.open(folder)) {
      Launch never =
          new Launch(
              "bad",
              Stage.STORE,
              List.of("sh", "-c", "echo no such luck; exit 3"),
              Map.of(),
              () -> false,
              Duration.ofSeconds(1));
      ChildProcess child = launcher.start(never);

      assertThatThrownBy(() -> child.awaitReady(LONG))
          .isInstanceOf(Complaint.class)
          .hasMessageContaining("bad ended with exit code 3")
          .hasMessageContaining("no such luck");
    }
  }

  @Test
  void children_of_a_killed_parent_are_ended() throws Exception {
    Process parent = LeavesChildren.start(folder);
    ProcessHandle child = ProcessHandle.of(LeavesChildren.childOf(parent)).orElseThrow();

    parent.destroyForcibly().waitFor();

    await().atMost(LONG).until(() -> !child.isAlive());
  }

  @Test
  void what_an_earlier_run_left_behind_is_ended_at_the_next_start() throws Exception {
    Process left = new ProcessBuilder("sleep", "600").start();
    Files.createDirectories(folder.resolve("run"));
    PidFile.of(left, Stage.WORKER).write(folder.resolve("run/worker-1.pid"));

    try (var _ = Launcher.open(folder)) {
      assertThat(left.isAlive()).isFalse();
    }
  }

  @Test
  void another_process_with_the_same_pid_is_left_alone() throws Exception {
    Process other = new ProcessBuilder("sleep", "600").start();
    Files.createDirectories(folder.resolve("run"));
    var before = other.info().startInstant().orElseThrow().minusSeconds(3600);
    new PidFile(other.pid(), before, Stage.WORKER).write(folder.resolve("run/worker-1.pid"));

    try (var _ = Launcher.open(folder)) {
      assertThat(other.isAlive()).isTrue();
    } finally {
      other.destroyForcibly();
    }
  }

  @Test
  void unknown_program_is_a_complaint_in_the_log() throws Exception {
    try (var launcher = Launcher.open(folder)) {
      Launch launch = shell("none", "", "");
      ChildProcess child =
          launcher.start(
              new Launch(
                  "none",
                  Stage.STORE,
                  List.of("no-such-program-here"),
                  Map.of(),
                  launch.ready(),
                  launch.grace()));

      assertThat(child.awaitExit(LONG)).isTrue();
      assertThat(child.log()).content().contains("no-such-program-here");
    }
  }

  private static Launch shell(String name, String script, String word) {
    return new Launch(
        name,
        Stage.WORKER,
        List.of("sh", "-c", script),
        Map.of("WORD", word),
        () -> true,
        Duration.ofSeconds(1));
  }

  /** Field 6 of /proc/PID/stat; the name, field 2, holds no space here. */
  private static String state(long pid) throws Exception {
    return Files.readString(Path.of("/proc/" + pid + "/stat")).split(" ")[2];
  }

  private static long session(long pid) throws Exception {
    return Long.parseLong(Files.readString(Path.of("/proc/" + pid + "/stat")).split(" ")[5]);
  }
}
