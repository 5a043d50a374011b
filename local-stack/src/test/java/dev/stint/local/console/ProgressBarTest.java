package dev.stint.local.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProgressBarTest {
  private final StringWriter shown = new StringWriter();

  @Test
  void terminal_gets_one_line_that_is_overwritten() {
    var bar = new ProgressBar(new PrintWriter(shown), true, 4);
    IntStream.rangeClosed(0, 4).forEach(bar::show);

    assertThat(shown.toString().lines().filter(line -> !line.isEmpty()))
        .containsExactly(
            "[........................................] 0/4 0 %",
            "[##########..............................] 1/4 25 %",
            "[####################....................] 2/4 50 %",
            "[##############################..........] 3/4 75 %",
            "[########################################] 4/4 100 %");
    assertThat(shown.toString()).containsOnlyOnce("\n").endsWith("\n");
  }

  @Test
  void elsewhere_each_tenth_is_a_line() {
    var bar = new ProgressBar(new PrintWriter(shown), false, 1_000);
    IntStream.rangeClosed(0, 1_000).forEach(bar::show);

    assertThat(shown.toString().lines())
        .hasSize(11)
        .startsWith("0/1000 0 %", "100/1000 10 %")
        .endsWith("1000/1000 100 %");
  }

  @Test
  void billions_do_not_overflow() {
    var bar = new ProgressBar(new PrintWriter(shown), true, Integer.MAX_VALUE);

    assertThat(bar.bar(Integer.MAX_VALUE)).endsWith("100 %").doesNotContain(".");
  }
}
