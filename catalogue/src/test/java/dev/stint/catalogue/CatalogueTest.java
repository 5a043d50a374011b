package dev.stint.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.stint.job.FailureKind;
import dev.stint.job.RetryPolicy;
import dev.stint.lane.Lane;
import dev.stint.task.HandlerSpec;
import dev.stint.task.Task;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogueTest {
  @Test
  void a_task_says_how_it_runs_and_gets_the_defaults_for_the_rest() {
    var catalogue = parse("tasks: {sha256: {exec: [sha256sum, '{path}']}}");

    assertThat(catalogue.tasks())
        .containsExactly(
            new Task(
                "sha256",
                "",
                List.of("default"),
                new HandlerSpec.Exec(
                    List.of("sha256sum", "{path}"),
                    Map.of(),
                    null,
                    HandlerSpec.Output.TEXT,
                    Duration.ofSeconds(5)),
                null,
                Duration.ofMinutes(5),
                RetryPolicy.DEFAULT,
                null));
    assertThat(catalogue.lanes()).containsExactly(new Lane("default", "sha256"));
    assertThat(catalogue.queues()).containsExactly("default");
  }

  @Test
  void everything_a_task_can_say_is_read(@TempDir Path folder) throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("stint.yaml"),
            """
            stint:
              redis: {url: "${NOT_OURS}"}
            queues: [reports]
            tasks:
              report:
                description: Makes a report
                queues: [reports, default]
                exec:
                  command: [make, -j, 007, "{num}"]
                  env: {LEVEL: 3, ON: yes}
                  directory: /tmp
                  output: json
                  grace: 500ms
                params:
                  properties:
                    num: {type: integer}
                  required: [num]
                timeout: 30s
                retry: {maxAttempts: 2, min: 2s, max: 1m, multiplier: 1.5, jitter: 0}
                limit: "${LIMIT:2}"
              fetch:
                http: {url: "{url}", method: GET, headers: {Authorization: "Bearer ${TOKEN}"}}
              square: {bean: square}
            """);

    var catalogue = Catalogue.load(file, Map.of("TOKEN", "s3cret")::get);

    assertThat(catalogue.task("report"))
        .contains(
            new Task(
                "report",
                "Makes a report",
                List.of("reports", "default"),
                new HandlerSpec.Exec(
                    List.of("make", "-j", "007", "{num}"),
                    Map.of("LEVEL", "3", "ON", "yes"),
                    Path.of("/tmp"),
                    HandlerSpec.Output.JSON,
                    Duration.ofMillis(500)),
                "{\"properties\":{\"num\":{\"type\":\"integer\"}},\"required\":[\"num\"]}",
                Duration.ofSeconds(30),
                new RetryPolicy(2, Duration.ofSeconds(2), Duration.ofMinutes(1), 1.5, 0),
                2));
    assertThat(catalogue.task("fetch").map(Task::handler))
        .contains(new HandlerSpec.Http("{url}", "GET", Map.of("Authorization", "Bearer s3cret")));
    assertThat(catalogue.task("square").map(Task::handler))
        .contains(new HandlerSpec.Bean("square"));
    assertThat(catalogue.task("none")).isEmpty();
    assertThat(catalogue.taskNames()).containsExactly("report", "fetch", "square");
    assertThat(catalogue.queues()).containsExactly("default", "reports");
    assertThat(catalogue.lanes())
        .extracting(Lane::toString)
        .containsExactly("reports/report", "default/report", "default/fetch", "default/square");
    assertThat(catalogue.params("report").check(Map.of("num", 1)))
        .isInstanceOf(ParamsCheck.Valid.class);
  }

  @Test
  void queues_need_no_list_of_their_own() {
    var catalogue = parse("tasks: {a: {bean: a, queues: [slow]}, b: {bean: b, queues: [fast]}}");

    assertThat(catalogue.queues()).containsExactly("default", "slow", "fast");
  }

  @Test
  void anchors_and_merge_keys_save_repetition() {
    var catalogue =
        parse(
            """
            tasks:
              a: &a
                bean: a
                timeout: 1s
                retry: {maxAttempts: 2}
              b: {<<: *a, timeout: 2s}
              c: {<<: [{timeout: 3s}, *a]}
            """);

    assertThat(catalogue.tasks())
        .extracting(task -> task.retry().maxAttempts(), Task::timeout)
        .containsExactly(
            tuple(2, Duration.ofSeconds(1)),
            tuple(2, Duration.ofSeconds(2)),
            tuple(2, Duration.ofSeconds(3)));
  }

  @Test
  void variables_are_filled_and_doubled_dollars_are_not() {
    var catalogue =
        Catalogue.parse(
            "test",
            "tasks: {a: {exec: [run, '${DIR:/tmp}/x', '$${HOME}', '${EMPTY:}', '${A}${A}']}}",
            Map.of("A", "${A}$1")::get);

    assertThat(((HandlerSpec.Exec) catalogue.tasks().getFirst().handler()).argv())
        .containsExactly("run", "/tmp/x", "${HOME}", "", "${A}$1${A}$1");
  }

  private static Catalogue parse(String yaml) {
    return Catalogue.parse("test", yaml, _ -> null);
  }

  @Test
  void a_task_names_the_failures_that_are_final() {
    var catalogue =
        parse("tasks: {a: {bean: a, retry: {never: [lost, timeout], neverExitCodes: [64, 137]}}}");

    assertThat(catalogue.task("a").orElseThrow().retry())
        .isEqualTo(
            RetryPolicy.DEFAULT.withNever(
                Set.of(FailureKind.TIMEOUT, FailureKind.LOST), Set.of(64, 137)));
  }
}
