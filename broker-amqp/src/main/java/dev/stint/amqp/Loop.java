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

  /** Runs a task in this turn if called from within the loop, else in the next. For any thread. */
  void execute(Runnable task) {
    if (context.inThread()) {
      turn(task);
      return;
    }
    tasks.add(task);
    if (waiting.getAndIncrement() == 0) {
      context.runOnContext(_ -> turn(this::runWaiting));
    }
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
    while (due > 0) {
      for (int i = 0; i < due; i++) {
        run(tasks.remove());
      }
      due = waiting.addAndGet(-due);
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
