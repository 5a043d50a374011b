package dev.stint.pod;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

class PatchPolicyTest {
  private static final int INTERVAL = 10;

  /** Far from zero, where nanoTime may be, and on the way to overflow. */
  private static final long START = Long.MAX_VALUE - Duration.ofSeconds(5).toNanos();

  private final PatchPolicy policy = new PatchPolicy(Duration.ofSeconds(INTERVAL));

  @Test
  void the_first_cost_is_told_at_once_whatever_the_pod_has_from_an_earlier_start() {
    assertThat(isDue(0, 0)).isTrue();
  }

  @Test
  void the_same_cost_is_told_once() {
    tell(0, 0);

    for (int second = 1; second < 1000; second++) {
      assertThat(isDue(0, second)).isFalse();
    }
  }

  @Test
  void work_that_comes_is_told_as_soon_as_the_interval_allows() {
    tell(0, 0);

    assertThat(isDue(1, INTERVAL - 1)).isFalse();
    assertThat(isDue(1, INTERVAL)).isTrue();
  }

  @Test
  void a_worker_long_idle_tells_its_first_job_at_once() {
    tell(0, 0);

    assertThat(isDue(0, 500)).isFalse();
    assertThat(isDue(1, 501)).isTrue();
  }

  @Test
  void being_idle_is_told_when_it_has_lasted_an_interval() {
    tell(8, 0);
    assertThat(isDue(8, 100)).isFalse();

    assertThat(isDue(0, 101)).isFalse();
    assertThat(isDue(0, 101 + INTERVAL - 1)).isFalse();
    assertThat(isDue(0, 101 + INTERVAL)).isTrue();
  }

  @Test
  void a_moment_between_two_jobs_is_not_told() {
    tell(8, 0);

    assertThat(patchesOf(second -> second % 9 == 0 ? 0 : 8, 1000)).isZero();
  }

  @Test
  void a_steady_load_of_short_jobs_is_not_told_again_and_again() {
    tell(32, 0);

    // Ten slots, jobs of about five seconds: the sum goes up and down around 25.
    assertThat(patchesOf(second -> second % 3 == 0 ? 32 : 16, 1000)).isZero();
  }

  @Test
  void much_less_work_is_told_when_it_has_lasted() {
    tell(1024, 0);

    assertThat(isDue(512, 100)).isFalse();
    assertThat(isDue(256, 101)).isFalse();
    assertThat(isDue(512, 105)).isFalse();
    assertThat(isDue(256, 106)).isFalse();
    assertThat(isDue(64, 106 + INTERVAL)).isTrue();
  }

  @Test
  void a_job_of_an_hour_takes_twelve_patches() {
    tell(0, 0);

    int patches =
        patchesOf(second -> DeletionCost.of(1, Duration.ofSeconds(Math.max(0, second))), 3600);

    // The steps of the first seconds fall into one interval.
    assertThat(patches).isBetween(8, 12);
  }

  @Test
  void whatever_the_load_there_is_an_interval_between_patches() {
    tell(0, 0);

    int patches = patchesOf(second -> second % 40 < 20 ? 1 << second % 20 : 0, 10_000);

    assertThat(patches).isBetween(1, 10_000 / INTERVAL);
  }

  @Test
  void what_failed_is_tried_again_later_and_later() {
    int tries = 0;
    for (int second = 0; second < 3600; second++) {
      if (isDue(0, second)) {
        tries++;
        policy.failed(at(second));
      }
    }

    // At 0, 10, 30, 70, 150, 310, 630, and then every 320 s.
    assertThat(tries).isEqualTo(16);
  }

  @Test
  void after_a_failure_the_same_cost_is_told_again_for_the_answer_may_have_been_lost() {
    tell(0, 0);
    assertThat(isDue(8, 20)).isTrue();
    policy.failed(at(20));

    assertThat(isDue(0, 29)).isFalse();
    assertThat(isDue(0, 30)).isTrue();
  }

  @Test
  void a_patch_that_goes_well_ends_the_backing_off() {
    policy.failed(at(0));
    policy.failed(at(10));
    tell(0, 30);

    policy.failed(at(60));
    assertThat(isDue(0, 69)).isFalse();
    assertThat(isDue(0, 70)).isTrue();
  }

  /** How many patches a load costs that is looked at every second, from the first on. */
  private int patchesOf(IntUnaryOperator cost, int seconds) {
    int patches = 0;
    for (int second = 1; second <= seconds; second++) {
      if (isDue(cost.applyAsInt(second), second)) {
        tell(cost.applyAsInt(second), second);
        patches++;
      }
    }
    return patches;
  }

  private void tell(int cost, int second) {
    policy.told(cost, at(second));
  }

  private boolean isDue(int cost, int second) {
    return policy.isDue(cost, at(second));
  }

  private static long at(int second) {
    return START + Duration.ofSeconds(second).toNanos();
  }
}
