package dev.stint.local.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Two minutes of faults: all promises are kept. */
@Tag("kills-engines")
@Isolated("as many faults in a minute need both processors")
class ChaosTest {
  private static final Path HOME = Path.of(System.getProperty("project.root"));

  @Test
  void nothing_accepted_is_lost_whatever_goes_wrong() throws Exception {
    var chaos = new Chaos(HOME, 1, Duration.ofMinutes(2), new PrintWriter(System.out, true));

    var report = chaos.run();

    assertThat(report.isGood()).as(report.toString()).isTrue();
  }
}
