package dev.stint.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every store of refused messages has to do. */
public abstract class DeadLettersContract {
  private static final Instant NOW = Instant.parse("2026-12-01T10:00:00Z");

  /** At the begin of each test empty, within a test always the same. */
  protected abstract DeadLetters letters();

  @Test
  void at_first_there_are_none() {
    assertThat(letters().newest()).isEmpty();
    assertThat(letters().total()).isZero();
  }

  @Test
  void a_letter_is_kept_as_it_is() {
    var letter = letter("{\"a\": \"größer\"}\n\u0000");
    letters().add(letter);

    assertThat(letters().newest()).containsExactly(letter);
    assertThat(letters().total()).isEqualTo(1);
  }

  @Test
  void the_newest_are_kept_and_all_are_counted() {
    int count = DeadLetters.MOST + 5;
    IntStream.range(0, count).forEach(i -> letters().add(letter("body " + i)));

    assertThat(letters().newest()).hasSize(DeadLetters.MOST);
    assertThat(letters().newest().getFirst().body()).isEqualTo("body " + (count - 1));
    assertThat(letters().newest().getLast().body()).isEqualTo("body 5");
    assertThat(letters().total()).isEqualTo(count);
  }

  @Test
  void a_long_body_is_cut() {
    letters().add(letter("x".repeat(DeadLetter.MAX_TEXT + 1)));

    assertThat(letters().newest().getFirst().body()).hasSize(DeadLetter.MAX_TEXT);
  }

  private static DeadLetter letter(String body) {
    return new DeadLetter(NOW, "default/square", "worker-1", "not a job", body);
  }
}
