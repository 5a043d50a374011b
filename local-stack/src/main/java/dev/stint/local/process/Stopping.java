package dev.stint.local.process;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Ends processes in the order of their stages, last stage first, all of a stage at once. */
final class Stopping {
  private Stopping() {}

  /**
   * A process to be ended.
   *
   * @param grace between SIGTERM and SIGKILL
   */
  record Stoppable(Stage stage, Duration grace, ProcessHandle handle) {}

  static void stop(Collection<Stoppable> all) throws InterruptedException {
    for (Stage stage : List.of(Stage.values()).reversed()) {
      stopAtOnce(all.stream().filter(one -> one.stage() == stage).toList());
    }
  }

  private static void stopAtOnce(List<Stoppable> stage) throws InterruptedException {
    long start = System.nanoTime();
    stage.forEach(one -> one.handle().destroy());
    for (Stoppable one : stage) {
      Duration left = one.grace().minusNanos(System.nanoTime() - start);
      if (!ended(one.handle(), left)) {
        one.handle().destroyForcibly();
        ended(one.handle(), Duration.ofSeconds(10));
      }
    }
  }

  private static boolean ended(ProcessHandle handle, Duration atMost) throws InterruptedException {
    try {
      handle.onExit().get(Math.max(0, atMost.toMillis()), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return !handle.isAlive();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }
}
