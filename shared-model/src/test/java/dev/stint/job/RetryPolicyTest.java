package dev.stint.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
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

  @Test
  void another_attempt_is_allowed_until_they_run_out() {
    var policy = new RetryPolicy(2, SECOND, SECOND, 1, 0);

    assertThat(policy.allowsAnother(1, Failure.of(FailureKind.ERROR, "x"))).isTrue();
    assertThat(policy.allowsAnother(2, Failure.of(FailureKind.ERROR, "x"))).isFalse();
  }

  @Test
  void no_other_attempt_is_allowed_after_a_failure_that_is_final() {
    var policy = RetryPolicy.DEFAULT.withNever(Set.of(FailureKind.TIMEOUT), Set.of(2, 137));

    assertThat(policy.allowsAnother(1, Failure.of(FailureKind.TIMEOUT, "x"))).isFalse();
    assertThat(policy.allowsAnother(1, Failure.exit(2, "x"))).isFalse();
    assertThat(policy.allowsAnother(1, Failure.exit(137, "x"))).isFalse();
    assertThat(policy.allowsAnother(1, Failure.exit(3, "x"))).isTrue();
    assertThat(policy.allowsAnother(1, Failure.http(500, "x"))).isTrue();
    assertThat(policy.withMaxAttempts(9).never()).containsExactly(FailureKind.TIMEOUT);
  }

  @Test
  void a_policy_that_is_not_for_lost_attempts_has_none_after_the_first_loss() {
    var lost = RetryPolicy.DEFAULT.withNever(Set.of(FailureKind.LOST), Set.of());

    assertThat(lost.mostAttemptsIfLost()).isEqualTo(1);
    assertThat(RetryPolicy.DEFAULT.mostAttemptsIfLost()).isEqualTo(5);
  }

  @Test
  void only_what_could_be_tried_again_can_be_final() {
    refused("never", () -> RetryPolicy.DEFAULT.withNever(Set.of(FailureKind.CANCELLED), Set.of()));
    refused("neverExitCodes", () -> RetryPolicy.DEFAULT.withNever(Set.of(), Set.of(0)));
    refused("neverExitCodes", () -> RetryPolicy.DEFAULT.withNever(Set.of(), Set.of(256)));
    refused("max", () -> new RetryPolicy(1, SECOND, Duration.ofDays(3661), 1, 0));
  }
}
