package dev.stint.local.process;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** A process that starts a child, says its pid, and waits to be killed. */
final class LeavesChildren {
  private LeavesChildren() {}

  public static void main(String[] args) throws Exception {
    Launcher launcher = Launcher.open(Path.of(args[0]));
    ChildProcess child =
        launcher.start(
            new Launch(
                "child",
                Stage.WORKER,
                List.of("sleep", "600"),
                Map.of(),
                () -> true,
                Duration.ofSeconds(1)));
    System.out.println(child.pid());
    new CountDownLatch(1).await();
  }

  static Process start(Path folder) throws Exception {
    return new ProcessBuilder(
            JavaCommand.of(
                64,
                List.of(
                    "-cp",
                    System.getProperty("java.class.path"),
                    LeavesChildren.class.getName(),
                    folder.toString())))
        .redirectErrorStream(true)
        .start();
  }

  static long childOf(Process parent) throws Exception {
    BufferedReader lines = parent.inputReader();
    return Long.parseLong(lines.readLine());
  }
}
