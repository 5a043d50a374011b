package dev.stint.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JobIdTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00.123Z");

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 31, 32, 1023})
  void an_id_carries_its_partition_and_its_time(int partition) {
    var id = new JobIdSource(() -> NOW, new Random(1)).next(partition);

    assertThat(id.partition()).isEqualTo(partition);
    assertThat(id.createdAt()).isEqualTo(NOW);
    assertThat(new JobId(id.value())).isEqualTo(id);
  }

  @Test
  void ids_sort_in_the_order_they_were_made_even_when_the_clock_is_set_back() {
    var clock = new long[] {NOW.toEpochMilli()};
    var source = new JobIdSource(() -> Instant.ofEpochMilli(clock[0]), new Random(2));
    var ids = new ArrayList<JobId>();
    for (int i = 0; i < 1000; i++) {
      clock[0] += i % 100 == 99 ? -50 : i % 3 == 0 ? 1 : 0;
      ids.add(source.next(0));
    }

    assertThat(ids).isSorted().doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "01jd9k5v3mzz00000000000",
        "01jd9k5v3mzz0000000000000",
        "01jd9k5v3mzz00000000000u",
        "01JD9K5V3MZZ000000000000",
        "01jd9k5v3mzz0000000000 0",
        "../../../../../etc/passwd"
      })
  void what_is_no_id_is_refused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> new JobId(text));
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 1024})
  void partitions_out_of_range_are_refused(int partition) {
    var source = new JobIdSource(() -> NOW, new Random(3));

    assertThatIllegalArgumentException().isThrownBy(() -> source.next(partition));
  }
}
