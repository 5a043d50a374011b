package dev.stint.local.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ProcessMemoryTest {
  @Test
  void kibibytes_of_the_fields_become_bytes() {
    var memory =
        ProcessMemory.parse(
            List.of(
                "5581c0000000-7ffd0000 ---p 00000000 00:00 0     [rollup]",
                "Rss:               51200 kB",
                "Pss:               40000 kB",
                "Shared_Clean:      10240 kB",
                "Private_Clean:      1024 kB",
                "Private_Dirty:     20480 kB"));

    assertThat(memory).isEqualTo(new ProcessMemory(51_200L * 1024, 21_504L * 1024));
  }

  @Test
  void this_process_has_some() {
    var memory = ProcessMemory.of(ProcessHandle.current().pid());

    assertThat(memory.resident()).isGreaterThan(10_000_000);
    assertThat(memory.unshared()).isPositive().isLessThanOrEqualTo(memory.resident());
  }
}
