package dev.stint.local.fleet;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Tests that each have a fleet of their own. The logs of one that fails are kept. */
abstract class FreshFleet {
  static final Duration MINUTE = Duration.ofMinutes(1);

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private Path folder;

  Fleet fleet;

  @BeforeEach
  void startFleet() throws Exception {
    fleet = Fleet.start(folder);
  }

  @AfterEach
  void stopFleet() throws Exception {
    if (fleet != null) {
      fleet.close();
    }
  }
}
