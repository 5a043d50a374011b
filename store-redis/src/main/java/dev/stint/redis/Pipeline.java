package dev.stint.redis;

import dev.stint.redis.Connector.Line;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
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

  private final Context context;
  private final Connector connector;
  private final Duration timeLimit;

  private final ArrayDeque<Call> waiting = new ArrayDeque<>(); // and the lock of these three
  private boolean resting = true; // whether the next call has to wake the event loop
  private @Nullable Throwable refusal; // why calls fail at once

  // On the event loop only:
  private @Nullable Line line;
  private List<Call> batch = List.of(); // what is under way
  private boolean reloaded; // whether it has gone out again, after the scripts
  private int ticks; // since it went out
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

  /**
   * Sends a command and waits for its answer.
   *
   * @throws dev.stint.job.StoreUnavailableException if there is none, or if it is an error
   */
  @Nullable Response call(Request request) {
    var call = new Call(request);
    offer(List.of(call));
    return call.await();
  }

  /** Sends commands in one go and waits for their answers, which have the same order. */
  List<@Nullable Response> all(List<Request> requests) {
    var calls = requests.stream().map(Call::new).toList();
    offer(calls);
    var answers = new ArrayList<@Nullable Response>(calls.size());
    for (Call call : calls) {
      answers.add(call.await());
    }
    return answers;
  }

  /** Sends a command that nobody waits for. */
  void post(Request request) {
    offer(List.of(new Call(request)));
  }

  /** Ends the connection and all calls. */
  @Override
  public void close() {
    var cause = new IllegalStateException("the store is closed");
    wake(() -> {
      closed = true;
      connector.stop();
      if (line != null) {
        lose(line, cause);
      }
      refuse(cause);
    });
  }

  private void offer(List<Call> calls) {
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
    } else if (batch.isEmpty()) {
      batch = gathered();
      reloaded = false;
      ticks = 0;
      if (!batch.isEmpty()) {
        write(open);
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

  private void write(Line open) {
    var sent = batch;
    var requests = sent.stream().map(call -> call.request).toList();
    open.connection()
        .batch(requests)
        .onComplete(result -> {
          if (sent == batch) {
            answered(open, result);
          }
        });
  }

  private void answered(Line open, AsyncResult<List<Response>> result) {
    if (result.failed() && !reloaded && Script.areUnknown(batch, result.cause())) {
      reloaded = true;
      open.connection().batch(Script.load());
      write(open);
      return;
    }
    for (int i = 0; i < batch.size(); i++) {
      if (result.succeeded()) {
        batch.get(i).answer(result.result().get(i));
      } else {
        batch.get(i).refuse(result.cause());
      }
    }
    batch = List.of();
    next();
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
    if (closed) {
      context.owner().cancelTimer(timer);
    } else if (open != null && !batch.isEmpty() && ++ticks > TICKS) {
      var cause = new TimeoutException("no answer within " + timeLimit);
      refuse(cause);
      lose(open, cause);
    }
  }

  /** Gives a connection up, with what is under way on it, and connects again. */
  private void lose(Line open, Throwable cause) {
    if (line == open) {
      line = null;
      open.client().close();
      refuse(batch, cause);
      batch = List.of();
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
