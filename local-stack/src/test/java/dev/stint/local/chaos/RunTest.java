package dev.stint.local.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RunTest {
  @Test
  void lines_are_put_together_to_runs() {
    var runs =
        Run.parse(
            List.of(
                "S a 1 101 10 quick",
                "S b 1 102 15 steady",
                "F a 1 101 20 quick",
                "S a 2 102 30 quick",
                "E a 2 102 40 quick"));

    assertThat(runs)
        .containsExactly(
            new Run("a", "quick", 1, 101, 10, 20, false),
            new Run("b", "steady", 1, 102, 15, Long.MAX_VALUE, false),
            new Run("a", "quick", 2, 102, 30, 40, true));
  }

  @Test
  void an_end_that_the_clock_puts_before_its_start_is_no_time_at_all() {
    var runs = Run.parse(List.of("S a 1 101 20 command", "E a 1 101 10 command"));

    assertThat(runs).containsExactly(new Run("a", "command", 1, 101, 20, 20, true));
  }

  @Test
  void runs_overlap_if_one_starts_before_the_other_ends() {
    var first = new Run("a", "quick", 1, 101, 10, 20, false);

    assertThat(first.overlaps(new Run("a", "quick", 2, 102, 19, 30, true))).isTrue();
    assertThat(first.overlaps(new Run("a", "quick", 2, 102, 20, 30, true))).isFalse();
  }
}
