package dev.stint.local.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stint.local.engine.BrokerServer;
import dev.stint.local.process.Launcher;
import dev.stint.local.process.Ports;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForeignMessageTest {
  @TempDir private Path folder;

  @Test
  void the_broker_has_it_and_says_so() throws Exception {
    var broker = new BrokerServer(folder.resolve("broker"), Ports.free());
    try (var launcher = Launcher.open(folder)) {
      launcher.start(broker.launch()).awaitReady(Duration.ofSeconds(60));

      assertThat(ForeignMessage.send(broker.port(), "stint.dead", "one")).isTrue();

      var queue = new DeadQueue();
      assertThat(queue.all(broker.port(), "stint.dead")).containsExactly("one");
      assertThat(ForeignMessage.send(broker.port(), "stint.dead", "two")).isTrue();
      assertThat(queue.all(broker.port(), "stint.dead")).containsExactly("one", "two");
    }
  }

  @Test
  void without_a_broker_it_is_not_sent() {
    assertThat(ForeignMessage.send(Ports.free(), "stint.default.quick", "one")).isFalse();
  }
}
