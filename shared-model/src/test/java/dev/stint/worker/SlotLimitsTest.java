package dev.stint.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlotLimitsTest {
  @Test
  void a_task_may_use_all_slots_unless_it_is_limited() {
    var limits = new SlotLimits(3, Map.of("a", 2, "b", 9));

    assertThat(limits.of("a")).isEqualTo(2);
    assertThat(limits.of("b")).isEqualTo(3);
    assertThat(limits.of("c")).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 10_001})
  void slots_out_of_range_are_refused(int slots) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SlotLimits(slots, Map.of()))
        .withMessageContaining("slots must be 1 to 10000");
  }

  @Test
  void a_limit_of_nothing_is_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SlotLimits(1, Map.of("a", 0)))
        .withMessageContaining("limit of a must be at least 1");
  }
}
