package dev.stint.redis;

import dev.stint.redis.Connector.Line;
import dev.stint.task.RetryPolicy;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
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
  private static final RetryPolicy RECONNECT =
      new RetryPolicy(1, Duration.ofMillis(100), Duration.ofSeconds(3), 2, 0.5);
  private static final Logger LOG = System.getLogger(Pipeline.class.getName());

  private final Context context;
  private final Connector connector;
  private final Duration timeLimit;

  private final ArrayDeque<Call> waiting = new ArrayDeque<>(); // and the lock of these three
  private boolean resting = true; // whether the next call has to wake the event loop
  private @Nullable Throwable refusal; // why calls fail at once

  // On the event loop only:
  private @Nullable Line line;
  private List<Call> batch = List.of();
  private int unanswered;
  private boolean loading; // whether this batch has sent the scripts again
  private int ticks; // since this batch went out
  private boolean connecting;
  private int failures;
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
    refuse(new IllegalStateException("the store is closed"));
    context.runOnContext(_ -> {
      closed = true;
      drop();
    });
  }

  private void offer(List<Call> calls) {
    Throwable refused;
    boolean wake = false;
    synchronized (waiting) {
      refused = waiting.size() < MOST_WAITING ? refusal : new IllegalStateException("overloaded");
      if (refused == null) {
        waiting.addAll(calls);
        wake = resting;
        resting = false;
      }
    }
    if (refused != null) {
      refuse(calls, refused);
    } else if (wake) {
      context.runOnContext(_ -> next());
    }
  }

  /** Sends what has gathered, unless something is under way. */
  private void next() {
    var open = line;
    if (open == null) {
      connect();
    } else if (unanswered == 0) {
      batch = gathered();
      unanswered = batch.size();
      loading = false;
      ticks = 0;
      batch.forEach(call -> write(open, call));
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

  private void write(Line open, Call call) {
    open.connection().send(call.request).onComplete(result -> answered(open, call, result));
  }

  private void answered(Line open, Call call, AsyncResult<Response> result) {
    if (call.wantsScripts(result)) {
      if (!loading) {
        loading = true;
        open.connection().batch(Script.load());
      }
      write(open, call);
      return;
    }
    call.settle(result);
    if (--unanswered == 0) {
      next();
    }
  }

  private void connect() {
    if (!connecting && !closed) {
      connecting = true;
      attempt();
    }
  }

  private void attempt() {
    connector.connect().onSuccess(this::connected).onFailure(this::notConnected);
  }

  private void connected(Line open) {
    connecting = false;
    if (closed) {
      open.client().close();
      return;
    }
    if (failures > 0) {
      LOG.log(Level.INFO, "connected to Redis again: failures={0}", failures);
    }
    failures = 0;
    line = open;
    open.connection().exceptionHandler(_ -> drop()).endHandler(_ -> ended(open));
    synchronized (waiting) {
      refusal = null;
    }
    next();
  }

  private void notConnected(Throwable cause) {
    if (closed) {
      return;
    }
    failures++;
    if (failures == 1) {
      LOG.log(Level.WARNING, "cannot connect to Redis, trying on: cause={0}", cause.getMessage());
    }
    refuse(cause);
    long delay = RECONNECT.delayAfter(failures, RandomGenerator.getDefault()).toMillis();
    context.owner().setTimer(delay, _ -> attempt());
  }

  private void ended(Line open) {
    open.client().close();
    line = null;
    connect();
  }

  private void tick(long timer) {
    if (closed) {
      context.owner().cancelTimer(timer);
    } else if (unanswered > 0 && ++ticks > TICKS) {
      var cause = new TimeoutException("no answer within " + timeLimit);
      refuse(batch, cause);
      refuse(cause);
      drop();
    }
  }

  /** Breaks the connection, if there is one; its end handler does the rest. */
  private void drop() {
    if (line != null) {
      line.client().close();
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
