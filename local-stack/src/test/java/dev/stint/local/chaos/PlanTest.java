package dev.stint.local.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PlanTest {
  private static final Duration LASTS = Duration.ofMinutes(10);

  @Test
  void the_same_seed_gives_the_same_faults_at_the_same_times() {
    assertThat(Plan.draw(7, LASTS)).isEqualTo(Plan.draw(7, LASTS));
    assertThat(Plan.draw(7, LASTS).entries()).isNotEqualTo(Plan.draw(8, LASTS).entries());
  }

  @Test
  void a_seed_means_the_same_on_every_machine() {
    assertThat(
            Plan.draw(1, Duration.ofMinutes(2)).entries().stream().limit(4).map(Object::toString))
        .containsExactly(
            "0:05 pause broker for 9.7 s",
            "0:10 kill redis for 6.2 s",
            "0:14 pause worker-1 for 20.1 s",
            "0:20 kill worker-2 for 1.0 s");
  }

  @Test
  void ten_minutes_have_at_least_thirty_kills() {
    assertThat(LongStream.range(0, 200).map(seed -> Plan.draw(seed, LASTS).kills()))
        .allMatch(kills -> kills >= 30);
  }

  @Test
  void every_kind_of_fault_comes() {
    var kinds =
        LongStream.range(0, 20)
            .boxed()
            .flatMap(seed -> Plan.draw(seed, LASTS).entries().stream())
            .map(entry -> entry.fault().kind())
            .distinct();

    assertThat(kinds)
        .containsExactlyInAnyOrder(
            "kill worker",
            "kill producer",
            "kill broker",
            "kill redis",
            "wipe broker",
            "restart worker",
            "restart producer",
            "restart broker",
            "restart redis",
            "pause worker",
            "pause producer",
            "pause broker",
            "pause redis",
            "cut worker from broker",
            "cut worker from redis",
            "cut worker from both",
            "freeze worker from broker",
            "freeze worker from redis",
            "freeze worker from both",
            "half-freeze worker from broker",
            "half-freeze worker from redis",
            "half-freeze worker from both",
            "cut producer from broker",
            "cut producer from redis",
            "cut producer from both",
            "freeze producer from broker",
            "freeze producer from redis",
            "freeze producer from both",
            "half-freeze producer from broker",
            "half-freeze producer from redis",
            "half-freeze producer from both",
            "foreign message",
            "poison job");
  }

  @Test
  void a_process_has_one_fault_at_a_time_and_all_end_in_time() {
    for (long seed : IntStream.range(0, 50).toArray()) {
      var free = new HashMap<String, Duration>();
      for (var entry : Plan.draw(seed, LASTS).entries()) {
        var fault = entry.fault();
        if (fault instanceof Fault.Foreign) {
          continue;
        }
        assertThat(entry.at())
            .isGreaterThanOrEqualTo(free.getOrDefault(fault.target(), Duration.ZERO));
        free.put(fault.target(), entry.at().plus(fault.lasts()));
        assertThat(free.get(fault.target())).isLessThanOrEqualTo(LASTS);
      }
    }
  }
}
