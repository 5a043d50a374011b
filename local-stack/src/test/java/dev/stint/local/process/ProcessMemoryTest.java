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
                "Name:\tworker",
                "VmRSS:\t   51200 kB",
                "RssAnon:\t   21504 kB",
                "RssFile:\t   29696 kB"));

    assertThat(memory).isEqualTo(new ProcessMemory(51_200L * 1024, 21_504L * 1024));
  }

  @Test
  void this_process_has_some() {
    var memory = ProcessMemory.of(ProcessHandle.current().pid());

    assertThat(memory.resident()).isGreaterThan(10_000_000);
    assertThat(memory.anonymous()).isPositive().isLessThanOrEqualTo(memory.resident());
  }
}
