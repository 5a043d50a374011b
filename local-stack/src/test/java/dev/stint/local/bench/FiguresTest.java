package dev.stint.local.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class FiguresTest {
  @Test
  void figures_are_what_was_used_between_two_samples_by_job() {
    var start =
        new Sample(
            1_000_000_000L, 100, Map.of(Part.REDIS, Duration.ofMillis(10)), new RedisCalls(5, 50));
    var end =
        new Sample(
            3_000_000_000L,
            1_100,
            Map.of(Part.REDIS, Duration.ofMillis(50), Part.WORKER, Duration.ofMillis(60)),
            new RedisCalls(105, 2_050));

    assertThat(Figures.between(start, end).values())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "jobs/s", 500.0,
                "redis CPU us/job", 40.0,
                "worker CPU us/job", 60.0,
                "total CPU us/job", 100.0,
                "scripts/job", 0.1,
                "commands/job", 2.0));
  }

  @Test
  void median_is_taken_figure_by_figure() {
    assertThat(Figures.median(List.of(one(1), one(9), one(5))).values()).containsEntry("x", 5.0);
    assertThat(Figures.median(List.of(one(1), one(2))).values()).containsEntry("x", 1.5);
  }

  @Test
  void scripts_and_commands_are_read_from_command_stats() {
    String info =
        """
        # Commandstats\r
        cmdstat_evalsha:calls=10,usec=100,usec_per_call=10.00,rejected_calls=0,failed_calls=0\r
        cmdstat_hset:calls=25,usec=50,usec_per_call=2.00,rejected_calls=0,failed_calls=0\r
        cmdstat_config|get:calls=1,usec=9,usec_per_call=9.00,rejected_calls=0,failed_calls=0\r
        """;

    assertThat(RedisCalls.parse(info)).isEqualTo(new RedisCalls(10, 36));
  }

  @Test
  void percentile_is_the_nearest_rank() {
    long[] hundred = LongStream.rangeClosed(1, 100).toArray();

    assertThat(SubmitBench.percentile(hundred, 50)).isEqualTo(50);
    assertThat(SubmitBench.percentile(hundred, 99)).isEqualTo(99);
    assertThat(SubmitBench.percentile(new long[] {7}, 99)).isEqualTo(7);
  }

  private static Figures one(double x) {
    var figures = new Figures();
    figures.put("x", x);
    return figures;
  }
}
