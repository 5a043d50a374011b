package dev.stint.local.chaos;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stint.local.process.Complaint;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChaosSettingsTest {
  @TempDir private Path home;

  @Test
  void services_that_were_not_built_are_named_and_nothing_else_is_taken() throws Exception {
    var jar = home.resolve("producer-service/target/quarkus-app/quarkus-run.jar");
    Files.createDirectories(jar.getParent());
    Files.createFile(jar);

    assertThatThrownBy(() -> new ChaosSettings(home, true, null, null).check())
        .isInstanceOf(Complaint.class)
        .hasMessageContaining("producer-service has no native binary");
    assertThatThrownBy(() -> new ChaosSettings(home, false, null, null).check())
        .isInstanceOf(Complaint.class)
        .hasMessageContaining("worker-service is not built");
  }
}
