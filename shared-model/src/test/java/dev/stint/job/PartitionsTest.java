package dev.stint.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartitionsTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 64, 1024})
  void keys_go_to_every_partition_about_equally_often(int count) {
    var partitions = new Partitions(count);
    var hits =
        IntStream.range(0, 100 * count)
            .mapToObj(i -> partitions.of(new IdempotencyKey("order-" + i, "")))
            .collect(Collectors.groupingBy(p -> p, Collectors.counting()));

    assertThat(hits).hasSize(count);
    assertThat(hits.keySet()).allMatch(partition -> partition >= 0 && partition < count);
    assertThat(hits.values()).allMatch(times -> times < 300);
  }

  @Test
  void a_key_has_the_same_partition_whatever_is_asked_for_with_it() {
    var partitions = new Partitions(64);

    assertThat(partitions.of(new IdempotencyKey("order-1", "a")))
        .isEqualTo(partitions.of(new IdempotencyKey("order-1", "b")))
        .isEqualTo(22);
  }

  @Test
  void jobs_without_a_key_go_to_every_partition() {
    var random = new Random(1);
    var partitions = new Partitions(8);

    assertThat(IntStream.range(0, 200).map(_ -> partitions.any(random)).distinct().sorted())
        .containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 1025})
  void counts_out_of_range_are_refused(int count) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Partitions(count))
        .withMessageContaining("partitions must be 1 to 1024");
  }
}
