package dev.stint.upkeep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class UpkeepTest {
  private static final Duration OFTEN = Duration.ofMillis(2);

  @Test
  void a_chore_that_fails_is_tried_again_and_stops_no_other() {
    var failures = new AtomicInteger();
    var passes = new AtomicInteger();
    var failing =
        new Chore(
            "failing",
            () -> {
              if (failures.incrementAndGet() < 5) {
                throw new IllegalStateException("no");
              }
              return 1;
            },
            OFTEN);

    try (var upkeep =
        new Upkeep(
            List.of(failing, new Chore("fine", passes::incrementAndGet, OFTEN)), new Random(1))) {
      upkeep.start();
      await().until(() -> failures.get() > 5 && passes.get() > 5);
    }
  }

  @Test
  void closing_waits_for_the_pass_under_way_and_starts_no_other() {
    var started = new CountDownLatch(1);
    var go = new CountDownLatch(1);
    var done = new AtomicInteger();
    var upkeep =
        new Upkeep(
            List.of(
                new Chore(
                    "slow",
                    () -> {
                      started.countDown();
                      await().until(() -> go.getCount() == 0);
                      return done.incrementAndGet();
                    },
                    OFTEN)),
            new Random(1));
    upkeep.start();
    await().until(() -> started.getCount() == 0);

    Thread closing = Thread.ofVirtual().start(upkeep::close);
    await().until(() -> closing.getState() == Thread.State.TIMED_WAITING);
    go.countDown();

    await().until(() -> !closing.isAlive());
    assertThat(done).hasValue(1);
  }
}
