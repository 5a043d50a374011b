package dev.stint.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LaneTest {
  @Test
  void a_lane_is_one_broker_queue() {
    assertThat(new Lane("default", "word-count").address()).isEqualTo("stint.default.word-count");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1a", "a.b", "a:b", "a b", "a/b", "*", "#", "ä"})
  void names_that_mean_something_to_a_broker_or_a_key_are_refused(String name) {
    assertThatIllegalArgumentException().isThrownBy(() -> new Lane(name, "t"));
    assertThatIllegalArgumentException().isThrownBy(() -> new Lane("q", name));
  }
}
