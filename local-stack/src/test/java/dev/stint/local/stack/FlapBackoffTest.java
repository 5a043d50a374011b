package dev.stint.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FlapBackoffTest {
  private static final Duration YOUNG = Duration.ofSeconds(2);

  private final FlapBackoff backoff = new FlapBackoff();

  @Test
  void waits_grow_while_it_dies_young_up_to_the_most() {
    assertThat(Stream.generate(() -> backoff.afterDeath(YOUNG).toSeconds()).limit(8))
        .containsExactly(0L, 1L, 2L, 4L, 8L, 16L, 30L, 30L);
  }

  @Test
  void many_deaths_do_not_overflow() {
    Stream.generate(() -> backoff.afterDeath(YOUNG)).limit(1_000).forEach(_ -> {});

    assertThat(backoff.afterDeath(YOUNG)).isEqualTo(FlapBackoff.MOST);
  }

  @Test
  void healthy_life_starts_it_over() {
    Stream.generate(() -> backoff.afterDeath(YOUNG)).limit(5).forEach(_ -> {});

    assertThat(backoff.afterDeath(FlapBackoff.HEALTHY)).isZero();
    assertThat(backoff.afterDeath(YOUNG)).isEqualTo(FlapBackoff.FIRST);
  }
}
