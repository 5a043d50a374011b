package dev.stint.amqp;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.impl.VertxInternal;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/**
 * The event loop of a connection. All that is not for any thread runs here, in turns; what other
 * threads hand over while a turn is due joins it, and at the end of each turn everything it
 * produced is written at once.
 */
final class Loop {
  private static final Logger LOG = Logger.getLogger(Loop.class);

  private final ContextInternal context;
  private final Runnable endOfTurn;
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waiting = new AtomicInteger();
  private boolean inTurn;

  Loop(Vertx vertx, Runnable endOfTurn) {
    // Always one of its own: the caller's could be a worker's, or belong to one request.
    this.context = ((VertxInternal) vertx).createEventLoopContext();
    this.endOfTurn = endOfTurn;
  }

  Context context() {
    return context;
  }

  /** Runs a task at once if called from within a turn, else in the next one. For any thread. */
  void execute(Runnable task) {
    if (context.inThread() && inTurn) {
      run(task);
      return;
    }
    tasks.add(task);
    if (waiting.getAndIncrement() == 0) {
      nextTurn();
    }
  }

  private void nextTurn() {
    context.runOnContext(_ -> turn(this::runWaiting));
  }

  /** Runs a task as a turn, or as a part of the turn that is running. */
  void turn(Runnable task) {
    if (inTurn) {
      run(task);
      return;
    }
    inTurn = true;
    try {
      run(task);
    } finally {
      inTurn = false;
      endOfTurn.run();
    }
  }

  /** Calls back in a turn of its own; 0 or less means soon. The number is for {@link #cancel}. */
  long after(Duration delay, Runnable task) {
    return context.setTimer(Math.max(1, roundedUpMillis(delay)), _ -> turn(task));
  }

  void cancel(long timer) {
    context.owner().cancelTimer(timer);
  }

  private static long roundedUpMillis(Duration delay) {
    return TimeUnit.NANOSECONDS.toMillis(delay.plusNanos(999_999).toNanos());
  }

  private void runWaiting() {
    int due = waiting.get();
    for (int i = 0; i < due; i++) {
      run(tasks.remove());
    }
    // Those that came meanwhile have to let the socket go first.
    if (waiting.addAndGet(-due) > 0) {
      nextTurn();
    }
  }

  /** A subscriber or listener that throws must not take the connection with it. */
  private static void run(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      LOG.error("callback failed", e);
    }
  }
}
