package dev.stint.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stint.worker.WorkerInfo.SlotUse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every registry of workers has to do. */
public abstract class WorkerRegistryContract {
  private static final Duration KEEP = Duration.ofMinutes(10);

  private Instant now = Instant.parse("2026-12-01T10:00:00Z");

  /** The registry under test: at the begin of each test empty, within a test always the same. */
  protected abstract WorkerRegistry registry();

  @Test
  void a_worker_is_listed_as_it_describes_itself() {
    var info = info("w1", "b \"quoted\" größer");
    registry().beat(info);

    assertThat(registry().list(now)).containsExactly(info);
  }

  @Test
  void workers_are_listed_by_name() {
    registry().beat(info("w1", "b"));
    registry().beat(info("w2", "a"));
    registry().beat(info("w3", "c"));

    assertThat(registry().list(now)).extracting(WorkerInfo::name).containsExactly("a", "b", "c");
  }

  @Test
  void a_later_heartbeat_takes_the_place_of_the_earlier() {
    registry().beat(info("w1", "a"));
    pass(WorkerInfo.INTERVAL);
    var later = info("w1", "a").withState(WorkerState.DRAINING);
    registry().beat(later);

    assertThat(registry().list(now)).containsExactly(later);
  }

  @Test
  void a_worker_that_left_is_gone() {
    registry().beat(info("w1", "a"));
    registry().askToDrain("w1");
    registry().remove("w1");

    assertThat(registry().list(now)).isEmpty();
    assertThat(registry().drainAsked("w1")).isFalse();
    pass(Duration.ofHours(1));
    assertThat(registry().reap(now, KEEP)).isEmpty();
  }

  @Test
  void a_silent_worker_is_listed_as_lost() {
    registry().beat(info("w1", "a"));
    pass(WorkerInfo.EXPIRY);
    assertThat(registry().list(now).getFirst().state()).isEqualTo(WorkerState.RUNNING);

    pass(Duration.ofMillis(1));
    assertThat(registry().list(now).getFirst().state()).isEqualTo(WorkerState.LOST);
  }

  @Test
  void a_loss_is_told_once_and_forgotten_later() {
    var info = info("w1", "a");
    registry().beat(info);
    pass(WorkerInfo.EXPIRY);
    assertThat(registry().reap(now, KEEP)).isEmpty();

    pass(Duration.ofMillis(1));
    assertThat(registry().reap(now, KEEP)).containsExactly(info.withState(WorkerState.LOST));
    assertThat(registry().reap(now, KEEP)).isEmpty();
    pass(KEEP.minusMillis(1));
    assertThat(registry().reap(now, KEEP)).isEmpty();
    assertThat(registry().list(now)).hasSize(1);

    pass(Duration.ofMillis(1));
    assertThat(registry().reap(now, KEEP)).isEmpty();
    assertThat(registry().list(now)).isEmpty();
  }

  @Test
  void a_worker_that_comes_back_can_be_lost_again() {
    registry().beat(info("w1", "a"));
    pass(WorkerInfo.EXPIRY.plusMillis(1));
    assertThat(registry().reap(now, KEEP)).hasSize(1);

    registry().beat(info("w1", "a"));
    assertThat(registry().list(now).getFirst().state()).isEqualTo(WorkerState.RUNNING);
    pass(WorkerInfo.EXPIRY.plusMillis(1));
    assertThat(registry().reap(now, KEEP)).hasSize(1);
  }

  @Test
  void a_loss_nobody_saw_in_time_is_still_told_and_kept() {
    registry().beat(info("w1", "a"));
    pass(Duration.ofDays(3));

    assertThat(registry().reap(now, KEEP)).hasSize(1);
    assertThat(registry().reap(now, KEEP)).isEmpty();
    assertThat(registry().list(now)).hasSize(1);
    pass(KEEP);
    assertThat(registry().reap(now, KEEP)).isEmpty();
    assertThat(registry().list(now)).isEmpty();
  }

  @Test
  void a_worker_whose_clock_is_far_behind_is_not_forgotten_while_it_says_that_it_lives() {
    var behind = info("w1", "a");
    pass(KEEP.multipliedBy(2));

    for (int i = 0; i < 3; i++) {
      registry().beat(behind);
      registry().askToDrain("w1");
      registry().reap(now, KEEP);
      registry().reap(now, KEEP);
      pass(WorkerInfo.INTERVAL);
    }

    assertThat(registry().list(now)).hasSize(1);
    assertThat(registry().drainAsked("w1")).isTrue();
  }

  @Test
  void each_loss_is_told_to_one_of_many_callers() throws Exception {
    for (int i = 0; i < 100; i++) {
      registry().beat(info("w" + i, "worker " + i));
    }
    pass(WorkerInfo.EXPIRY.plusMillis(1));

    var told = new ArrayList<WorkerInfo>();
    Callable<List<WorkerInfo>> reap = () -> registry().reap(now, KEEP);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var done : threads.invokeAll(IntStream.range(0, 8).mapToObj(_ -> reap).toList())) {
        told.addAll(done.get());
      }
    }

    assertThat(told).extracting(WorkerInfo::id).hasSize(100).doesNotHaveDuplicates();
  }

  @Test
  void a_worker_is_asked_to_drain_by_id() {
    registry().beat(info("w1", "a"));
    registry().beat(info("w2", "a"));
    assertThat(registry().drainAsked("w1")).isFalse();

    assertThat(registry().askToDrain("w1")).isTrue();

    assertThat(registry().drainAsked("w1")).isTrue();
    assertThat(registry().drainAsked("w2")).isFalse();
    assertThat(registry().askToDrain("unheard-of")).isFalse();
    assertThat(registry().drainAsked("unheard-of")).isFalse();
  }

  private void pass(Duration time) {
    now = now.plus(time);
  }

  private WorkerInfo info(String id, String name) {
    return new WorkerInfo(
        id,
        name,
        "host-1",
        4711,
        "0.1.0",
        "jvm",
        WorkerState.RUNNING,
        now.minusSeconds(60),
        now,
        new SlotUse(10, 3),
        Map.of("square", 2),
        List.of("default/square"),
        List.of("01jd9k5v3mzz000000000000"),
        Map.of("default/square", 1_500L),
        123_456_789L,
        0.25);
  }
}
