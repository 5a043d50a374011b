package dev.stint.redis;

import dev.stint.redis.Dialer.Line;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One connection to Redis with group commit: calls made while others are under way are gathered and
 * go out together when those are answered; when none is under way a call goes out at once. The
 * calls of one thread are carried out in order.
 *
 * <p>It connects when first used, and again, for ever, when the connection breaks. What is under
 * way then fails; what is called while Redis is away fails at once.
 *
 * <p>Safe for many threads, which block; none of them may be an event loop's.
 */
final class Pipeline implements AutoCloseable {
  static final int LARGEST_BATCH = 512;
  private static final int MOST_WAITING = 100_000;
  private static final int TICKS = 5;
  private static final Command ASKING = Command.create("ASKING");
  private static final String READONLY = "READONLY";
  private static final String CONNECTION_CLOSED = "CONNECTION_CLOSED";

  private final Context context;
  private final Connector connector;
  private final Duration timeLimit;

  private final ArrayDeque<Call> waiting = new ArrayDeque<>(); // and the lock of these three
  private boolean resting = true; // whether the next call has to wake the event loop
  private @Nullable Throwable refusal; // why calls fail at once

  // On the event loop only:
  private @Nullable Line line;
  private final ArrayDeque<Call> underWay = new ArrayDeque<>(); // in the order of their answers
  private final List<Call> unknown = new ArrayList<>(); // scripts that the server has lost
  private boolean reloaded; // whether these have gone out again
  private @Nullable Throwable demotion; // why the server must be given up
  private int ticks; // since they went out
  private boolean closed;

  /**
   * @param context of an event loop, on which everything but waiting happens
   * @param timeLimit an answer that takes longer breaks the connection; a call may have to wait for
   *     one batch before its own
   */
  Pipeline(Context context, Connector connector, Duration timeLimit) {
    this.context = context;
    this.connector = connector;
    this.timeLimit = timeLimit;
    long period = Math.max(1, timeLimit.toMillis() / TICKS);
    context.runOnContext(_ -> context.owner().setPeriodic(period, this::tick));
  }

  /** Ends the connection and all calls. */
  @Override
  public void close() {
    var cause = new IllegalStateException("the store is closed");
    wake(() -> {
      end(cause);
      if (line != null) {
        lose(line, cause);
      }
    });
  }

  /**
   * Ends the connection as soon as what is under way has been answered.
   *
   * @param cause why calls that are waiting, or come later, are refused
   */
  void leave(Throwable cause) {
    wake(() -> {
      end(cause);
      if (line != null && underWay.isEmpty()) {
        lose(line, cause);
      }
    });
  }

  /** Gives up a connection to another server than this: it is the master no more. */
  void expect(String url) {
    wake(() -> {
      var open = line;
      if (open != null && !open.url().equals(url)) {
        lose(open, new IOException("another server became the master"));
      }
    });
  }

  /** Sends calls in their order, when their turn comes. */
  void offer(List<Call> calls) {
    Throwable refused;
    boolean wake = false;
    synchronized (waiting) {
      refused =
          waiting.size() < MOST_WAITING
              ? refusal
              : new IllegalStateException("too many calls wait");
      if (refused == null) {
        waiting.addAll(calls);
        wake = resting;
        resting = false;
      }
    }
    if (refused != null) {
      refuse(calls, refused);
    } else if (wake) {
      wake(this::next);
    }
  }

  /** Does something on the event loop; if that has ended, so do the calls. */
  private void wake(Runnable task) {
    try {
      context.runOnContext(_ -> task.run());
    } catch (RejectedExecutionException e) {
      refuse(e);
    }
  }

  /** Sends what has gathered, unless something is under way. */
  private void next() {
    var open = line;
    if (open == null) {
      connect();
    } else if (underWay.isEmpty()) {
      var calls = gathered();
      reloaded = false;
      ticks = 0;
      if (!calls.isEmpty()) {
        write(open, calls);
      }
    }
  }

  private List<Call> gathered() {
    synchronized (waiting) {
      int size = Math.min(waiting.size(), LARGEST_BATCH);
      var calls = new ArrayList<Call>(size);
      for (int i = 0; i < size; i++) {
        calls.add(waiting.remove());
      }
      resting = size == 0;
      return calls;
    }
  }

  /** The client writes them in one go: all are sent within one event. */
  private void write(Line open, List<Call> gathered) {
    var calls = Barrier.behind(gathered);
    underWay.addAll(calls);
    for (Call call : calls) {
      if (call.isAsking()) {
        open.connection().send(Request.cmd(ASKING));
      }
      open.connection()
          .send(call.request())
          .onComplete(result -> {
            if (line == open) {
              answered(open, result);
            }
          });
    }
  }

  /** Answers come in the order of the calls. */
  private void answered(Line open, AsyncResult<Response> result) {
    if (result.succeeded()) {
      var answer = result.result();
      heed(Answers.error(answer));
      underWay.remove().answer(answer);
    } else if (CONNECTION_CLOSED.equals(result.cause().getMessage())) {
      lose(open, new IOException("the connection broke"));
      return;
    } else if (!reloaded && Script.isUnknown(underWay.element(), result.cause())) {
      unknown.add(underWay.remove());
    } else {
      heed(result.cause().getMessage());
      underWay.remove().refuse(result.cause());
    }
    if (underWay.isEmpty()) {
      allAnswered(open);
    }
  }

  private void allAnswered(Line open) {
    if (closed) {
      lose(open, new IOException("the connection was left"));
    } else if (demotion != null) {
      lose(open, demotion);
    } else if (unknown.isEmpty()) {
      next();
    } else {
      var calls = List.copyOf(unknown);
      unknown.clear();
      reloaded = true;
      open.connection().batch(Script.load());
      write(open, calls);
    }
  }

  /** Notices a server that takes no writes any more, since another one became the master. */
  private void heed(@Nullable String error) {
    if (error != null && error.contains(READONLY)) {
      demotion = new IllegalStateException(error);
    }
  }

  private void end(Throwable cause) {
    closed = true;
    connector.stop();
    refuse(cause);
  }

  private void connect() {
    connector.connect(this::connected, this::refuse);
  }

  private void connected(Line open) {
    line = open;
    open.connection()
        .exceptionHandler(cause -> lose(open, cause))
        .endHandler(_ -> lose(open, new IOException("the connection broke")));
    synchronized (waiting) {
      refusal = null;
    }
    next();
  }

  private void tick(long timer) {
    var open = line;
    if (closed && open == null) {
      context.owner().cancelTimer(timer);
    } else if (open != null && !underWay.isEmpty() && ++ticks > TICKS) {
      var cause = new TimeoutException("no answer within " + timeLimit);
      refuse(cause);
      lose(open, cause);
    }
  }

  /** Gives a connection up, with what is under way on it, and connects again. */
  private void lose(Line open, Throwable cause) {
    if (line == open) {
      line = null;
      demotion = null;
      open.client().close();
      var lost = new ArrayList<>(unknown);
      lost.addAll(underWay);
      unknown.clear();
      underWay.clear();
      refuse(lost, cause);
      connect();
    }
  }

  /** Fails what waits, and what comes until there is a connection. */
  private void refuse(Throwable cause) {
    List<Call> calls;
    synchronized (waiting) {
      refusal = cause;
      calls = List.copyOf(waiting);
      waiting.clear();
    }
    refuse(calls, cause);
  }

  private static void refuse(List<Call> calls, Throwable cause) {
    calls.forEach(call -> call.refuse(cause));
  }
}
