package dev.stint.local.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Command lines that run Java with the Java that runs this. */
public final class JavaCommand {
  private JavaCommand() {}

  /**
   * @param heap most megabytes of heap
   * @param rest main class or {@code -jar}, and arguments
   */
  public static List<String> of(int heap, List<String> rest) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx" + heap + "m");
    // Several small processes share few processors: the collector with the least overhead of all.
    command.add("-XX:+UseSerialGC");
    // What is out of memory is in no known state; it is started again.
    command.add("-XX:+ExitOnOutOfMemoryError");
    // The network library asks for both; without them each start prints warnings.
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("--sun-misc-unsafe-memory-access=allow");
    command.addAll(rest);
    return List.copyOf(command);
  }
}
