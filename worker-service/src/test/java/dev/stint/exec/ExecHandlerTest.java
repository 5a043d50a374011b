package dev.stint.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stint.handler.Outcome;
import dev.stint.job.Failure;
import dev.stint.job.FailureKind;
import dev.stint.task.HandlerSpec.Exec;
import dev.stint.task.HandlerSpec.Output;
import dev.stint.work.TestContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExecHandlerTest {
  private static final int MOST = 100_000;

  @TempDir private Path folder;

  private static ExecHandler handler(Output output, Map<String, String> env, String... argv) {
    return new ExecHandler(new Exec(List.of(argv), env, null, output, Duration.ofSeconds(5)), MOST);
  }

  private static ExecHandler sh(Output output, String script) {
    return handler(output, Map.of(), "sh", "-c", script);
  }

  private static TestContext context(Map<String, Object> params) {
    return new TestContext(params);
  }

  private static Failure failure(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Failed(var failure, _) -> failure;
      case Outcome.Rejected(var failure) -> failure;
      default -> throw new AssertionError("not failed: " + outcome);
    };
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"plain", "a b", "$(id)", "'; rm -rf /; '", "a\nb", "--help", "{x}", "ä\"\\"})
  void a_param_stays_within_its_one_argument(String value) throws Exception {
    var outcome =
        handler(Output.TEXT, Map.of(), "printf", "%s|", "<{x}>", "end")
            .handle(context(Map.of("x", value)));

    assertThat(outcome).isEqualTo(Outcome.done("<" + value + ">|end|"));
  }

  @Test
  void params_are_on_stdin_as_json_even_when_they_are_long() throws Exception {
    Map<String, Object> params = Map.of("text", "x".repeat(90_000));

    assertThat(sh(Output.JSON, "cat").handle(context(params))).isEqualTo(Outcome.done(params));
  }

  @Test
  void long_params_that_nobody_reads_do_not_block() throws Exception {
    var outcome = sh(Output.TEXT, "echo ok").handle(context(Map.of("text", "x".repeat(900_000))));

    assertThat(outcome).isEqualTo(Outcome.done("ok"));
  }

  @Test
  void no_output_is_no_result_as_json_and_an_empty_text_as_text() throws Exception {
    assertThat(sh(Output.JSON, "true").handle(context(Map.of()))).isEqualTo(Outcome.done());
    assertThat(sh(Output.TEXT, "true").handle(context(Map.of()))).isEqualTo(Outcome.done(""));
  }

  @Test
  void output_that_is_not_json_fails_for_good() throws Exception {
    var outcome = sh(Output.JSON, "echo nope").handle(context(Map.of()));

    assertThat(outcome).isInstanceOf(Outcome.Rejected.class);
    assertThat(failure(outcome).kind()).isEqualTo(FailureKind.RESULT);
  }

  @Test
  void too_much_output_kills_the_command() throws Exception {
    var outcome = sh(Output.TEXT, "yes").handle(context(Map.of()));

    assertThat(failure(outcome))
        .isEqualTo(Failure.of(FailureKind.RESULT, "stdout is larger than 100000 bytes"));
  }

  @Test
  void an_exit_code_is_a_failure_with_the_last_line_of_stderr() throws Exception {
    var context = context(Map.of());

    var outcome = sh(Output.TEXT, "echo first >&2; echo why >&2; exit 3").handle(context);

    assertThat(outcome).isInstanceOf(Outcome.Failed.class);
    assertThat(failure(outcome)).isEqualTo(Failure.exit(3, "exit code 3: why"));
    assertThat(context.lines).containsExactly("first", "why");
  }

  @Test
  void a_death_by_signal_is_told() throws Exception {
    var outcome = sh(Output.TEXT, "kill -9 $$").handle(context(Map.of()));

    assertThat(failure(outcome)).isEqualTo(Failure.exit(137, "ended by signal 9"));
  }

  @Test
  void a_program_that_is_not_there_is_named() throws Exception {
    var outcome = handler(Output.TEXT, Map.of(), "no-such-program").handle(context(Map.of()));

    assertThat(failure(outcome))
        .isEqualTo(Failure.of(FailureKind.HANDLER, "cannot run no-such-program: no such program"));
  }

  @Test
  void progress_lines_are_progress_and_all_others_log() throws Exception {
    var context = context(Map.of());
    var script =
        "echo '{\"progress\":0.25}' >&2; echo '{\"progress\":7}' >&2; echo '{\"a\":1}' >&2;"
            + " printf '{\"progress\":1}' >&2";

    sh(Output.TEXT, script).handle(context);

    assertThat(context.progress).containsExactly(0.25, 1.0);
    assertThat(context.lines).containsExactly("{\"progress\":7}", "{\"a\":1}");
  }

  @Test
  void a_flood_on_stderr_is_cut_line_by_line() throws Exception {
    var context = context(Map.of());

    sh(Output.TEXT, "head -c 50000 /dev/zero | tr '\\0' x >&2").handle(context);

    assertThat(context.lines).containsExactly("x".repeat(ErrorLines.LONGEST_LINE));
  }

  @Test
  void the_environment_is_cleared_but_for_a_list() throws Exception {
    var outcome = handler(Output.TEXT, Map.of("MINE", "a b"), "env").handle(context(Map.of()));

    assertThat(((String) ((Outcome.Succeeded) outcome).result()).lines().map(l -> l.split("=")[0]))
        .contains("PATH", "MINE", "STINT_JOB_ID", "STINT_TASK", "STINT_ATTEMPT")
        .isSubsetOf(
            "PATH",
            "HOME",
            "USER",
            "LANG",
            "LC_ALL",
            "LC_CTYPE",
            "TZ",
            "TMPDIR",
            "MINE",
            "STINT_JOB_ID",
            "STINT_TASK",
            "STINT_ATTEMPT");
  }

  @Test
  void children_that_outlive_the_command_are_ended() throws Exception {
    var pidFile = folder.resolve("pid");

    var outcome =
        sh(Output.TEXT, "sleep 1000 & echo $! > " + pidFile + "; echo done")
            .handle(context(Map.of()));

    assertThat(outcome).isEqualTo(Outcome.done("done"));
    assertEnded(pidFile);
  }

  @Test
  void an_interrupted_command_ends_with_its_whole_group() throws Exception {
    var pidFile = folder.resolve("pid");
    var running =
        start("trap '' TERM; sleep 1000 & echo $! > " + pidFile + "; wait", Duration.ofMillis(50));
    await().until(() -> Files.exists(pidFile) && !Files.readString(pidFile).isBlank());

    running.interrupt();

    running.join();
    assertEnded(pidFile);
  }

  @Test
  void an_interrupted_command_may_end_in_order_within_its_grace() throws Exception {
    var ready = folder.resolve("ready");
    var said = folder.resolve("said");
    var script =
        "trap 'echo bye > "
            + said
            + "; exit 0' TERM; touch "
            + ready
            + "; while :; do sleep 0.05; done";
    var running = start(script, Duration.ofSeconds(30));
    await().until(() -> Files.exists(ready));

    running.interrupt();

    running.join();
    assertThat(said).hasContent("bye");
  }

  private static Thread start(String script, Duration grace) {
    var handler =
        new ExecHandler(
            new Exec(List.of("sh", "-c", script), Map.of(), null, Output.TEXT, grace), MOST);
    return Thread.ofVirtual()
        .start(() -> {
          try {
            handler.handle(context(Map.of()));
          } catch (InterruptedException expected) {
            Thread.currentThread().interrupt();
          }
        });
  }

  private static void assertEnded(Path pidFile) throws Exception {
    long pid = Long.parseLong(Files.readString(pidFile).strip());
    await()
        .untilAsserted(() ->
            assertThat(
                    ProcessHandle.of(pid)
                        .filter(p -> p.info().command().isPresent())
                        .map(ProcessHandle::isAlive)
                        .orElse(false))
                .isFalse());
  }
}
