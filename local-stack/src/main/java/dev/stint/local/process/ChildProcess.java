package dev.stint.local.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A process that a {@link Launcher} started. Safe for many threads. */
public final class ChildProcess {
  private static final long FIRST_LOOK_MILLIS = 25;
  private static final long MOST_MILLIS = 500;
  private static final int TAIL_LINES = 15;
  private static final int LINE_LENGTH = 300;

  private final Launch launch;
  private final Process process;
  private final Path log;

  ChildProcess(Launch launch, Process process, Path log) {
    this.launch = launch;
    this.process = process;
    this.log = log;
  }

  public Launch launch() {
    return launch;
  }

  public String name() {
    return launch.name();
  }

  public long pid() {
    return process.pid();
  }

  /** Where its stdout and stderr go. */
  public Path log() {
    return log;
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** Its exit code, if it has ended; 128 + n when signal n ended it. */
  public OptionalInt exitCode() {
    return process.isAlive() ? OptionalInt.empty() : OptionalInt.of(process.exitValue());
  }

  /**
   * Waits until it can do its work.
   *
   * @throws Complaint if it ends before that, or is not ready in time; with the end of its log
   */
  public void awaitReady(Duration atMost) throws InterruptedException {
    long deadline = System.nanoTime() + atMost.toNanos();
    // Less and less often: services log each time that they are not ready.
    for (long wait = FIRST_LOOK_MILLIS; !launch.ready().getAsBoolean(); wait += wait / 4) {
      if (process.waitFor(Math.min(wait, MOST_MILLIS), TimeUnit.MILLISECONDS)) {
        throw new Complaint(name() + " ended with exit code " + process.exitValue() + evidence());
      }
      if (System.nanoTime() > deadline) {
        throw new Complaint(
            name() + " was not ready after " + atMost.toSeconds() + " s" + evidence());
      }
    }
  }

  /** Runs this, on another thread, when it has ended. */
  public void onExit(Runnable then) {
    var _ = process.onExit().thenRun(then);
  }

  /** Asks it to end: SIGTERM. */
  public void terminate() {
    process.destroy();
  }

  /** Ends it at once: SIGKILL. */
  public void kill() {
    process.destroyForcibly();
  }

  /** Makes it hang: SIGSTOP. */
  public void pause() {
    signal("STOP");
  }

  /** Lets it go on: SIGCONT. */
  public void resume() {
    signal("CONT");
  }

  private void signal(String name) {
    try {
      var kill = new ProcessBuilder("kill", "-" + name, Long.toString(pid())).inheritIO().start();
      int _ = kill.waitFor();
    } catch (IOException e) {
      throw new Complaint("cannot send a signal to " + name(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits for its end; false if it still runs after that time. */
  public boolean awaitExit(Duration atMost) throws InterruptedException {
    return process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** SIGTERM, its grace, SIGKILL; returns when it has ended. */
  public void stop() throws InterruptedException {
    Stopping.stop(List.of(stoppable()));
  }

  Stopping.Stoppable stoppable() {
    return new Stopping.Stoppable(launch.stage(), launch.grace(), process.toHandle());
  }

  private String evidence() {
    return "; the end of " + log + ":\n" + tail();
  }

  private String tail() {
    try {
      List<String> lines =
          new String(Files.readAllBytes(log), StandardCharsets.UTF_8).lines().toList();
      return lines.stream()
          .skip(Math.max(0, lines.size() - TAIL_LINES))
          .map(line -> line.substring(0, Math.min(line.length(), LINE_LENGTH)))
          .collect(Collectors.joining("\n"));
    } catch (IOException e) {
      return "(not readable: " + e.getMessage() + ")";
    }
  }
}
