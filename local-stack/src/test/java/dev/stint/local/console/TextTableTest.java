package dev.stint.local.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TextTableTest {
  @Test
  void first_column_is_left_the_others_right() {
    assertThat(TextTable.of(List.of(List.of("", "median"), List.of("jobs/s", "12"))))
        .isEqualTo("        median\njobs/s      12");
  }
}
