package dev.stint.pod;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DeletionCostTest {
  @Test
  void a_worker_without_jobs_costs_as_little_as_a_pod_that_says_nothing() {
    assertThat(DeletionCost.of(0, Duration.ZERO)).isZero();
  }

  @Test
  void a_worker_that_has_just_taken_a_job_costs_more_than_an_idle_one() {
    assertThat(DeletionCost.of(1, Duration.ZERO)).isEqualTo(1);
    assertThat(DeletionCost.of(10, Duration.ofMillis(900))).isEqualTo(1);
  }

  @Test
  void it_is_the_seconds_of_work_under_way_down_to_a_power_of_two() {
    assertThat(DeletionCost.of(1, Duration.ofSeconds(2))).isEqualTo(2);
    assertThat(DeletionCost.of(1, Duration.ofSeconds(1023))).isEqualTo(512);
    assertThat(DeletionCost.of(1, Duration.ofSeconds(1024))).isEqualTo(1024);
  }

  @Test
  void an_hour_of_work_is_told_in_twelve_steps() {
    var costs = IntStream.range(0, 3600).map(s -> DeletionCost.of(1, Duration.ofSeconds(s)));

    assertThat(costs.distinct().count()).isEqualTo(12);
  }

  @Test
  void it_stays_a_number_that_kubernetes_takes() {
    assertThat(DeletionCost.of(500, Duration.ofDays(365_000))).isEqualTo(1 << 30);
  }
}
