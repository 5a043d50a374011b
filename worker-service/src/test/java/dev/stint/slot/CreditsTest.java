package dev.stint.slot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** How credit is handed to the lanes. */
class CreditsTest extends CreditsBench {
  @Test
  void one_lane_gets_credit_for_every_slot_and_no_more() {
    var worker = new Worker(4, Map.of());
    var lane = worker.lane("a", 1000);

    worker.settle();

    assertThat(worker.running).hasSize(4);
    assertThat(lane.waiting).isEqualTo(996);
    assertThat(lane.allowed).isZero();
    assertThat(worker.released).isZero();
  }

  @Test
  void a_slot_that_gets_free_is_one_credit() {
    var worker = new Worker(4, Map.of());
    var lane = worker.lane("a", 1000);
    worker.settle();

    worker.finishOne();
    worker.settle();

    assertThat(worker.running).hasSize(4);
    assertThat(lane.waiting).isEqualTo(995);
  }

  @Test
  void full_lanes_share_the_slots_in_turn() {
    var worker = new Worker(4, Map.of());
    var a = worker.lane("a", 1000);
    var b = worker.lane("b", 1000);
    worker.settle();

    for (int i = 0; i < 100; i++) {
      worker.finishOne();
      worker.settle();
    }

    assertThat(1000 - a.waiting).isBetween(50, 54);
    assertThat(1000 - b.waiting).isBetween(50, 54);
  }

  @Test
  void a_lane_that_ran_empty_does_not_keep_a_slot_from_the_others() {
    var worker = new Worker(1, Map.of());
    var a = worker.lane("a", 1);
    var b = worker.lane("b", 1000);
    worker.settle();
    for (int i = 0; i < 5; i++) {
      if (!worker.running.isEmpty()) {
        worker.finishOne();
      }
      worker.settle();
      now += Credits.PATIENCE.toNanos() + 1;
      worker.settle();
    }

    assertThat(a.waiting).isZero();
    assertThat(b.waiting).isLessThanOrEqualTo(996);
    assertThat(worker.running).hasSize(1);
  }

  @Test
  void a_message_that_meets_no_free_slot_is_released_and_its_lane_is_next() {
    var worker = new Worker(2, Map.of());
    var busy = worker.lane("a", 1000);
    var quiet = worker.lane("b", 0);
    worker.settle();
    assertThat(quiet.allowed).isPositive();

    quiet.waiting = 1;
    worker.settle();

    assertThat(worker.released).isEqualTo(1);
    assertThat(quiet.revoked).isEqualTo(1);
    assertThat(worker.running).hasSize(2);
    worker.finishOne();
    worker.settle();
    worker.finishOne();
    worker.settle();
    assertThat(quiet.waiting).isZero();
    assertThat(busy.waiting).isLessThan(1000);
  }

  @Test
  void a_limited_task_runs_up_to_its_limit_over_all_its_lanes() {
    var worker = new Worker(10, Map.of("a", 3));
    var first = worker.lane("a", 100);
    var second = worker.lane("a", 100);
    worker.settle();

    assertThat(200 - first.waiting - second.waiting).isEqualTo(3);
    assertThat(worker.running).hasSize(3);
    worker.finishOne();
    worker.settle();
    assertThat(200 - first.waiting - second.waiting).isEqualTo(4);
  }

  @Test
  void more_lanes_than_slots_are_all_listened_to() {
    var worker = new Worker(2, Map.of());
    for (int i = 0; i < 20; i++) {
      worker.lane("t" + i, 0);
    }
    worker.settle();

    assertThat(worker.lanes).allMatch(lane -> lane.allowed >= 1);
  }

  @Test
  void after_closing_no_credit_is_left_and_none_is_given() {
    var worker = new Worker(4, Map.of());
    var lane = worker.lane("a", 0);
    worker.settle();

    worker.credits.close();
    lane.waiting = 10;
    worker.settle();

    assertThat(lane.allowed).isZero();
    assertThat(worker.running).isEmpty();
  }

  @Test
  void after_a_lost_link_credit_is_given_anew() {
    var worker = new Worker(4, Map.of());
    var lane = worker.lane("a", 0);
    worker.settle();

    lane.allowed = 0;
    worker.credits.reset(lane.credit);
    worker.settle();

    assertThat(lane.allowed).isEqualTo(4);
  }

  /** Whatever comes in whatever order, no slot is overshot, and in the end everything has run. */
  @Test
  void random_traffic_never_overshoots_and_never_starves() {
    for (int seed = 0; seed < 200; seed++) {
      var random = new Random(seed);
      var worker = new Worker(1 + random.nextInt(6), Map.of("t0", 1 + random.nextInt(3)));
      for (int i = 0; i < 1 + random.nextInt(6); i++) {
        worker.lane("t" + i / 2, random.nextInt(3) * random.nextInt(20));
      }
      for (int step = 0; step < 200; step++) {
        switch (random.nextInt(3)) {
          case 0 -> worker.lanes.get(random.nextInt(worker.lanes.size())).waiting++;
          case 1 -> now += random.nextLong(2 * Credits.PATIENCE.toNanos());
          default -> {
            if (!worker.running.isEmpty()) {
              worker.finishOne();
            }
          }
        }
        worker.settle();
        assertThat(worker.slots.used()).isLessThanOrEqualTo(worker.slots.total());
      }
      for (int step = 0;
          step < 5000 && worker.lanes.stream().anyMatch(l -> l.waiting > 0);
          step++) {
        if (!worker.running.isEmpty()) {
          worker.finishOne();
        }
        now += Credits.PATIENCE.toNanos() + 1;
        worker.settle();
      }
      assertThat(worker.lanes).as("seed %d", seed).allMatch(lane -> lane.waiting == 0);
    }
  }
}
