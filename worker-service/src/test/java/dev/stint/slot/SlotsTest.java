package dev.stint.slot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stint.worker.SlotLimits;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SlotsTest {
  private final Slots slots = new Slots(new SlotLimits(3, Map.of("a", 2)));

  @Test
  void no_more_slots_are_given_than_there_are() {
    assertThat(slots.take("b")).isNotNull();
    assertThat(slots.take("b")).isNotNull();
    assertThat(slots.take("b")).isNotNull();

    assertThat(slots.take("b")).isNull();
    assertThat(slots.free()).isZero();
  }

  @Test
  void a_limited_task_leaves_the_other_slots_to_others() {
    slots.take("a");
    slots.take("a");

    assertThat(slots.take("a")).isNull();
    assertThat(slots.freeFor("a")).isZero();
    assertThat(slots.take("b")).isNotNull();
  }

  @Test
  void closing_a_slot_twice_gives_back_one() {
    var slot = slots.take("a");
    slots.take("a");
    slot.close();
    slot.close();

    assertThat(slots.used()).isEqualTo(1);
    assertThat(slots.freeFor("a")).isEqualTo(1);
  }

  @Test
  void waiting_ends_when_the_last_slot_is_given_back() throws Exception {
    var slot = slots.take("a");
    assertThat(slots.awaitEmpty(Duration.ofMillis(1))).isFalse();

    Thread.startVirtualThread(slot::close);

    assertThat(slots.awaitEmpty(Duration.ofSeconds(10))).isTrue();
  }

  @Test
  void many_threads_never_hold_more_than_the_limits() throws Exception {
    var running = new AtomicInteger();
    var most = new AtomicInteger();
    var taken = new AtomicInteger();
    var go = new CountDownLatch(1);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 200; i++) {
        threads.submit(() -> {
          go.await();
          for (int n = 0; n < 200; n++) {
            try (var slot = slots.take("a")) {
              if (slot != null) {
                taken.incrementAndGet();
                most.accumulateAndGet(running.incrementAndGet(), Math::max);
                Thread.yield();
                running.decrementAndGet();
              }
            }
          }
          return null;
        });
      }
      go.countDown();
    }

    assertThat(most.get()).isBetween(1, 2);
    assertThat(taken.get()).isPositive();
    assertThat(slots.used()).isZero();
  }
}
