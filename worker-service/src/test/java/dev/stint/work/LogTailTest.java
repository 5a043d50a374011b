package dev.stint.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stint.job.FailedAttempt;
import dev.stint.job.JobJournal;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LogTailTest {
  private final LogTail tail = new LogTail();

  @Test
  void it_has_the_last_lines_in_their_order() {
    var lines = IntStream.range(0, 50).mapToObj(i -> "line " + i).toList();
    assertThat(tail.lines()).isEmpty();

    lines.forEach(tail::add);

    assertThat(tail.lines()).isEqualTo(lines.subList(50 - FailedAttempt.MOST_LINES, 50));
  }

  @Test
  void of_long_lines_it_has_as_many_as_have_room() {
    var line = "ä".repeat(JobJournal.LONGEST_LINE);
    IntStream.range(0, 5).forEach(_ -> tail.add(line));
    tail.add("short");

    assertThat(tail.lines()).isEqualTo(List.of(line, "short"));
  }

  @Test
  void the_longest_line_always_has_room() {
    tail.add("\u4e2d".repeat(JobJournal.LONGEST_LINE + 1));

    assertThat(tail.lines()).singleElement().asString().hasSize(JobJournal.LONGEST_LINE);
  }
}
