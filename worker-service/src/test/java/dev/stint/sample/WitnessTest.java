package dev.stint.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stint.work.TestContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WitnessTest {
  private final Witness witness = new Witness();

  @TempDir private Path folder;

  @Test
  void a_run_that_ends_is_noted() throws Exception {
    witness.handle(job(1, 0));

    assertThat(noted()).containsExactly("S 2", "E 2");
  }

  @Test
  void a_run_that_fails_on_purpose_is_noted() {
    assertThatThrownBy(() -> witness.handle(job(1, 2)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("attempt 2 fails on purpose");

    assertThat(noted()).containsExactly("S 2", "F 2");
  }

  @Test
  void a_run_that_is_interrupted_is_noted() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> witness.handle(job(600_000, 0)))
        .isInstanceOf(InterruptedException.class);

    assertThat(noted()).containsExactly("S 2", "F 2");
  }

  private TestContext job(int millis, int failTimes) {
    var path = folder.resolve("journal").toString();
    return new TestContext(Map.of("path", path, "millis", millis, "failTimes", failTimes));
  }

  private List<String> noted() {
    try {
      return Files.readAllLines(folder.resolve("journal")).stream()
          .map(line -> line.split(" "))
          .map(fields -> fields[0] + " " + fields[2])
          .toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
