package dev.stint.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
  @ParameterizedTest
  @CsvSource({
    "500ms,PT0.5S",
    "30s,PT30S",
    "5m,PT5M",
    "2h,PT2H",
    "1d,PT24H",
    "0s,PT0S",
    "PT30S,PT30S",
    "P1DT1H,PT25H",
    "999999999d,PT23999999976H"
  })
  void people_and_machines_both_write_durations(String text, Duration expected) {
    assertThat(Durations.parse(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "5",
        "s",
        "5 s",
        "1.5s",
        "5S",
        "-5s",
        "5w",
        "1h30m",
        "P",
        "PT",
        "10000000000s"
      })
  void anything_else_is_refused_with_the_forms_there_are(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Durations.parse(text))
        .withMessage("must be a duration like 500ms, 30s, 5m, 2h, 1d or PT30S");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT-1S", "-PT1S"})
  void time_does_not_run_backwards(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Durations.parse(text))
        .withMessage("must not be negative");
  }

  @ParameterizedTest
  @ValueSource(strings = {"P99999999999999999999D", "PT9223372036854775807H"})
  void what_no_duration_can_hold_is_refused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Durations.parse(text));
  }
}
