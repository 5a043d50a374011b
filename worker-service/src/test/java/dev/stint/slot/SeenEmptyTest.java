package dev.stint.slot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** When a lane is known to be empty at the broker. */
class SeenEmptyTest extends CreditsBench {
  private void pass(double seconds) {
    now += (long) (seconds * 1e9);
  }

  /** Looks every second, as is asked of its owner. */
  private void look(Worker worker, int seconds) {
    for (int i = 0; i < seconds; i++) {
      pass(1);
      worker.credits.look();
    }
  }

  @Test
  void a_lane_that_sends_nothing_on_its_credit_is_seen_empty() {
    var worker = new Worker(4, Map.of());
    var lane = worker.lane("a", 0);
    worker.settle();
    assertThat(lane.allowed).isPositive();
    assertThat(lane.credit.emptyAt()).isNull();

    look(worker, 5);

    assertThat(lane.credit.emptyAt()).isEqualTo(now - 1_000_000_000L);
  }

  @Test
  void a_lane_is_not_seen_empty_before_its_credit_has_been_out_for_a_second() {
    var worker = new Worker(4, Map.of());
    var lane = worker.lane("a", 0);
    worker.settle();

    pass(0.9);
    worker.credits.look();
    assertThat(lane.credit.emptyAt()).isNull();
    pass(0.1);
    worker.credits.look();
    assertThat(lane.credit.emptyAt()).isNotNull();
  }

  @Test
  void a_lane_without_credit_is_not_seen_empty() {
    var worker = new Worker(1, Map.of());
    var full = worker.lane("a", 10);
    worker.settle();
    var other = worker.lane("b", 0);
    worker.settle();

    look(worker, 10);

    assertThat(full.credit.emptyAt()).isNull();
    assertThat(other.credit.emptyAt()).isNull();
  }

  @Test
  void a_message_says_that_the_lane_was_not_empty_but_not_that_it_never_was() {
    var worker = new Worker(4, Map.of());
    var lane = worker.lane("a", 0);
    worker.settle();
    look(worker, 5);
    var emptyAt = lane.credit.emptyAt();

    for (int i = 0; i < 5; i++) {
      pass(0.9);
      lane.waiting = 1;
      worker.settle();
      worker.finishOne();
      worker.settle();
      worker.credits.look();
    }

    assertThat(lane.credit.emptyAt()).isEqualTo(emptyAt);
    look(worker, 2);
    assertThat(lane.credit.emptyAt()).isGreaterThan(emptyAt);
  }

  @Test
  void a_link_that_was_lost_takes_back_what_was_seen_on_it() {
    var worker = new Worker(4, Map.of());
    var lane = worker.lane("a", 0);
    worker.settle();
    look(worker, 5);

    worker.credits.reset(lane.credit);

    assertThat(lane.credit.emptyAt()).isNull();
    look(worker, 5);
    assertThat(lane.credit.emptyAt()).isNull();
    worker.settle();
    look(worker, 1);
    assertThat(lane.credit.emptyAt()).isNotNull();
  }

  @Test
  void a_worker_that_stood_still_may_have_messages_unread() {
    var worker = new Worker(4, Map.of());
    var lane = worker.lane("a", 0);
    worker.settle();
    look(worker, 5);
    var emptyAt = lane.credit.emptyAt();

    pass(60);
    worker.credits.look();

    assertThat(lane.credit.emptyAt()).isEqualTo(emptyAt);
    look(worker, 1);
    assertThat(lane.credit.emptyAt()).isGreaterThan(emptyAt);
  }
}
