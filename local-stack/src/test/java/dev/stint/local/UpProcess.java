package dev.stint.local;

import static org.awaitility.Awaitility.await;

import dev.stint.local.process.JavaCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** {@code stint up} as a user runs it: a process, its output, its signals. */
final class UpProcess {
  static final Path HOME = Path.of(System.getProperty("project.root"));
  private static final Duration START = Duration.ofMinutes(2);

  private final Process process;
  private final Path output;

  private UpProcess(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /**
   * @param data its data folder; the output is kept beside it
   */
  static UpProcess start(Path data, String... options) throws IOException {
    Path output = Files.createTempFile(data.getParent(), "up", ".out");
    var arguments =
        new ArrayList<>(
            List.of(
                "-Dstint.home=" + HOME,
                "-cp",
                System.getProperty("java.class.path"),
                Stint.class.getName(),
                "up",
                "--data",
                data.toString()));
    arguments.addAll(List.of(options));
    var builder = new ProcessBuilder(JavaCommand.of(128, arguments)).redirectErrorStream(true);
    // All its processes mostly start: without the compiler for long runs that takes a third less.
    builder.environment().put("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1");
    return new UpProcess(builder.redirectOutput(output.toFile()).start(), output);
  }

  UpProcess awaitUp() {
    await("Stint is up")
        .atMost(START)
        .failFast("up ended: see " + output, () -> !process.isAlive())
        .until(() -> output().contains("Stint is up"));
    return this;
  }

  String output() {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      return "";
    }
  }

  /** SIGTERM; its exit code. */
  int stop() throws InterruptedException {
    process.destroy();
    return exitCode();
  }

  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  int exitCode() throws InterruptedException {
    return process.waitFor();
  }
}
