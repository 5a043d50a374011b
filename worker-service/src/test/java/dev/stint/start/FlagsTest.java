package dev.stint.start;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stint.start.Flags.Asked.Print;
import dev.stint.start.Flags.Asked.Start;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlagsTest {
  private final Flags flags = new Flags();

  @Test
  void flags_become_settings() {
    var asked =
        flags.parse(
            "--slots",
            "4",
            "--limit",
            "a=2",
            "--limit=b=1",
            "--queues",
            "x,y",
            "--drain-timeout=90s",
            "--config",
            "s.yaml",
            "--name",
            "w",
            "--redis",
            "redis://r",
            "--broker",
            "amqp://b");

    assertThat(asked)
        .isEqualTo(
            new Start(
                false,
                Map.of(
                    "stint.worker.slots", "4",
                    "stint.worker.limit.a", "2",
                    "stint.worker.limit.b", "1",
                    "stint.worker.queues", "x,y",
                    "stint.worker.drain-timeout", "PT1M30S",
                    "stint.config", "s.yaml",
                    "stint.worker.name", "w",
                    "stint.redis.url", "redis://r",
                    "stint.broker.url", "amqp://b")));
  }

  @Test
  void without_flags_nothing_is_set_and_the_worker_runs() {
    assertThat(flags.parse()).isEqualTo(new Start(false, Map.of()));
  }

  @Test
  void check_only_checks() {
    assertThat(flags.parse("check", "--slots=1"))
        .isEqualTo(new Start(true, Map.of("stint.worker.slots", "1")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--slots many | Invalid value for option '--slots'",
        "--limit a | '--limit'",
        "--limit a=b | '--limit'",
        "--drain-timeout soon | '--drain-timeout'",
        "--total 3 | Unknown option",
        "run | unknown command run",
        "--slots | Missing required parameter for option '--slots'"
      })
  void a_wrong_flag_is_named(String line, String message) {
    var asked = (Print) flags.parse(line.strip().split(" "));

    assertThat(asked.exitCode()).isEqualTo(2);
    assertThat(asked.text()).startsWith("worker: ").contains(message);
  }

  @Test
  void help_tells_every_flag() {
    var asked = (Print) flags.parse("--help");

    assertThat(asked.exitCode()).isZero();
    assertThat(asked.text())
        .contains(
            "--slots",
            "--limit",
            "--queues",
            "--drain-timeout",
            "--config",
            "--name",
            "--redis",
            "--broker",
            "worker check",
            "worker health");
  }
}
