package dev.stint.work;

import java.util.function.IntConsumer;
import org.jboss.logging.Logger;

/**
 * Ends the process when its memory has run out. Threads that served other jobs may have died of it
 * too, unseen; a worker that is gone costs its jobs an attempt, one that is half alive would keep
 * them. Launchers ask the JVM for the same (ExitOnOutOfMemoryError), which comes first; this is for
 * those that do not, and for memory that is not of the heap. For any thread.
 */
final class MemoryGuard {
  /** What a JVM exits with by that option. */
  static final int EXIT_CODE = 3;

  private static final Logger LOG = Logger.getLogger(MemoryGuard.class);

  /** Causes of causes that are looked at: they may form a ring. */
  private static final int DEPTH = 20;

  private final IntConsumer halt;

  /**
   * @param halt ends the process with this code, without anything that could fail
   */
  MemoryGuard(IntConsumer halt) {
    this.halt = halt;
  }

  /** Ends the process if this was thrown because memory had run out, by a handler or by us. */
  void check(Throwable thrown, String where) {
    var cause = thrown;
    for (int i = 0; i < DEPTH && cause != null; i++) {
      if (cause instanceof OutOfMemoryError) {
        LOG.fatalf("out of memory, the worker ends in=%s cause=%s", where, cause.getMessage());
        halt.accept(EXIT_CODE);
        return;
      }
      cause = cause.getCause();
    }
  }
}
