package dev.stint.local.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stint.local.engine.RabbitProgram;
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
  @Test
  void nothing_accepted_is_lost_whatever_goes_wrong() throws Exception {
    var out = new PrintWriter(System.out, true);
    var chaos = new Chaos(settings(), 11, Duration.ofMinutes(2), out);

    var report = chaos.run();

    assertThat(report.isGood()).as(report.toString()).isTrue();
  }

  /** As the end-to-end tests have them, see docs/testing.md. */
  private static ChaosSettings settings() {
    var rabbit = System.getProperty("stint.test.rabbitmq", "");
    var redis = System.getProperty("stint.test.redis-server", "");
    return new ChaosSettings(
        Path.of(System.getProperty("project.root")),
        System.getProperty("stint.test.mode", "jvm").equals("native"),
        rabbit.isEmpty() ? null : RabbitProgram.find(rabbit),
        redis.isEmpty() ? null : Path.of(redis));
  }
}
