package dev.stint.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class StintTest {
  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void help_names_every_command() {
    assertThat(run("--help")).isZero();
    assertThat(out.toString()).contains("up", "demo", "bench", "chaos");
  }

  @Test
  void unknown_command_is_refused() {
    assertThat(run("upp")).isEqualTo(2);
    assertThat(err.toString()).contains("upp");
  }

  @Test
  void unknown_flag_is_refused() {
    assertThat(run("up", "--wrokers", "2")).isEqualTo(2);
    assertThat(err.toString()).contains("--wrokers");
  }

  @Test
  void value_that_is_no_number_is_refused() {
    assertThat(run("up", "--slots", "many")).isEqualTo(2);
    assertThat(err.toString()).contains("--slots", "many");
  }

  @Test
  void durations_are_written_as_in_the_catalogue() {
    assertThat(run("up", "--drain-timeout", "soon")).isEqualTo(2);
    assertThat(err.toString()).contains("--drain-timeout", "30s, 5m");
  }

  @Test
  void demo_needs_a_folder() {
    assertThat(run("demo")).isEqualTo(2);
    assertThat(err.toString()).contains("FOLDER");
  }

  @Test
  void chaos_tells_its_plan_and_starts_nothing() {
    assertThat(run("chaos", "--plan", "--seed", "1")).isZero();
    assertThat(out.toString())
        .startsWith("seed 1\n0:05 pause broker for 9.7 s\n")
        .endsWith("of them kills\n");
  }

  @Test
  void chaos_on_given_engines_is_refused() {
    assertThat(run("chaos", "--plan", "--broker", "amqp://host")).isEqualTo(1);
    assertThat(err.toString()).contains("--broker must be artemis or rabbitmq", "amqp://host");
    assertThat(run("chaos", "--plan", "--redis", "redis://host")).isEqualTo(1);
    assertThat(err.toString()).contains("--redis must be a server to run", "redis://host");
  }

  @Test
  void chaos_of_no_minutes_is_refused() {
    assertThat(run("chaos", "--minutes", "0")).isEqualTo(1);
    assertThat(err.toString()).isEqualTo("stint: --minutes must be 1 to 1440, not 0\n");
  }

  @Test
  void complaint_is_one_line_without_a_stack() {
    assertThat(run("demo", folder.toString())).isEqualTo(1);
    assertThat(err.toString().lines()).containsExactly("stint: there is no file under " + folder);
  }

  @Test
  void up_without_a_catalogue_says_so() {
    int code =
        run("up", "--data", folder.resolve("data").toString(), "--config", "/none/stint.yaml");

    assertThat(code).isEqualTo(1);
    assertThat(err.toString()).isEqualTo("stint: cannot read the catalogue /none/stint.yaml\n");
  }

  private int run(String... args) {
    CommandLine stint = Stint.commandLine();
    return stint.setOut(new PrintWriter(out)).setErr(new PrintWriter(err, true)).execute(args);
  }
}
