package dev.stint.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  @Test
  void delays_grow_by_the_multiplier_up_to_the_most() {
    var policy = new RetryPolicy(10, SECOND, Duration.ofSeconds(10), 2, 0);

    var delays = IntStream.rangeClosed(1, 6).mapToObj(n -> policy.delayAfter(n, new Random(1)));

    assertThat(delays.map(Duration::toSeconds)).isEqualTo(List.of(1L, 2L, 4L, 8L, 10L, 10L));
  }

  @Test
  void jitter_takes_away_at_most_its_part() {
    var policy = new RetryPolicy(10, SECOND, SECOND, 1, 0.5);
    var random = new Random(4);

    var delays = IntStream.range(0, 1000).mapToObj(n -> policy.delayAfter(1, random)).toList();

    assertThat(delays).allMatch(d -> d.compareTo(Duration.ofMillis(500)) >= 0);
    assertThat(delays).allMatch(d -> d.compareTo(SECOND) <= 0);
    assertThat(delays.stream().distinct().count()).isGreaterThan(100);
  }

  @Test
  void a_late_attempt_does_not_overflow() {
    var policy = new RetryPolicy(100, SECOND, Duration.ofDays(1), 100, 0);

    assertThat(policy.delayAfter(100, new Random(1))).isEqualTo(Duration.ofDays(1));
  }

  @Test
  void what_makes_no_sense_is_refused() {
    refused("maxAttempts", () -> new RetryPolicy(0, SECOND, SECOND, 1, 0));
    refused("maxAttempts", () -> new RetryPolicy(101, SECOND, SECOND, 1, 0));
    refused("min", () -> new RetryPolicy(1, SECOND.negated(), SECOND, 1, 0));
    refused("max", () -> new RetryPolicy(1, SECOND, Duration.ZERO, 1, 0));
    refused("multiplier", () -> new RetryPolicy(1, SECOND, SECOND, 0.5, 0));
    refused("jitter", () -> new RetryPolicy(1, SECOND, SECOND, 1, 1.5));
  }

  private static void refused(String field, Runnable making) {
    assertThatIllegalArgumentException()
        .isThrownBy(making::run)
        .withMessageStartingWith(field + " must");
  }
}
