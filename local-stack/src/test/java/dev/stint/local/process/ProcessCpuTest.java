package dev.stint.local.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProcessCpuTest {
  @Test
  void user_and_system_ticks_are_added() {
    String stat = "4711 (java) S 1 4711 4711 0 -1 4194304 9 0 0 0 150 50 0 0 20 0 30 0 12345 1 1";

    assertThat(ProcessCpu.parse(stat)).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void name_may_hold_spaces_and_parentheses() {
    String stat = "1 (a) b (c) S 1 1 1 0 -1 0 0 0 0 0 7 3 0 0 20 0 1 0 1 1 1";

    assertThat(ProcessCpu.parse(stat)).isEqualTo(Duration.ofMillis(100));
  }

  @Test
  void processor_time_of_this_process_is_known() {
    assertThat(ProcessCpu.of(ProcessHandle.current().pid())).isPositive();
  }

  @Test
  void process_that_is_gone_is_a_complaint() {
    assertThatThrownBy(() -> ProcessCpu.of(Integer.MAX_VALUE)).isInstanceOf(Complaint.class);
  }
}
