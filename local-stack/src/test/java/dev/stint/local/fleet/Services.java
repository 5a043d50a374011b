package dev.stint.local.fleet;

import dev.stint.local.fleet.engine.ShortLived;
import dev.stint.local.process.Complaint;
import dev.stint.local.service.ServiceProgram;
import java.nio.file.Path;

/**
 * What producer and workers run as: {@code stint.test.mode} is {@code jvm}, the default, or {@code
 * native}. If that was not built, tests fail; they never take the other.
 */
final class Services {
  private static final Path HOME = Path.of(System.getProperty("project.root"));

  private Services() {}

  static ServiceProgram producer() {
    return program(HOME, "producer-service");
  }

  static ServiceProgram worker() {
    return program(HOME, "worker-service");
  }

  static boolean isNative() {
    var mode = System.getProperty("stint.test.mode", "jvm");
    return switch (mode) {
      case "jvm" -> false;
      case "native" -> true;
      default -> throw new Complaint("stint.test.mode must be jvm or native, not " + mode);
    };
  }

  /**
   * What was built in a folder.
   *
   * @throws Complaint if it was not, in this mode
   */
  static ServiceProgram program(Path home, String module) {
    if (isNative()) {
      return ServiceProgram.natively(home, module);
    }
    var jar = ServiceProgram.onJvm(home, module);
    return new ServiceProgram(ShortLived.command(jar.command()), jar.mode());
  }
}
