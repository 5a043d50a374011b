package dev.stint.redis;

import dev.stint.task.RetryPolicy;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.net.NetClientOptions;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.RedisOptions;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Opens connections that know all scripts, and tries until it has one: at once, then after delays
 * that double up to {@link #RECONNECT}'s longest, with jitter. To be used on one event loop, on
 * which the connections live too.
 */
final class Connector {
  /** An attempt takes no longer, so that calls fail fast while Redis is away. */
  private static final int TIME_LIMIT_MILLIS = 2_000;

  private static final RetryPolicy RECONNECT =
      new RetryPolicy(1, Duration.ofMillis(100), Duration.ofSeconds(3), 2, 0.5);
  private static final Logger LOG = System.getLogger(Connector.class.getName());

  private final Context context;
  private final String url;
  private boolean trying;
  private boolean stopped;
  private int failures;

  Connector(Context context, String url) {
    this.context = context;
    this.url = url;
  }

  /** An open connection, and the client it has to itself: closing that is what closes it. */
  record Line(Redis client, RedisConnection connection) {}

  /**
   * Goes on until there is a connection, unless it is at it already.
   *
   * @param failed told of each attempt that failed
   */
  void connect(Consumer<Line> connected, Consumer<Throwable> failed) {
    if (!trying && !stopped) {
      trying = true;
      attempt(connected, failed);
    }
  }

  void stop() {
    stopped = true;
  }

  private void attempt(Consumer<Line> connected, Consumer<Throwable> failed) {
    open()
        .onSuccess(line -> {
          if (stopped) {
            line.client().close();
          } else {
            succeeded();
            connected.accept(line);
          }
        })
        .onFailure(cause -> {
          if (!stopped) {
            failed(cause);
            failed.accept(cause);
            long delay = RECONNECT.delayAfter(failures, ThreadLocalRandom.current()).toMillis();
            context.owner().setTimer(delay, _ -> attempt(connected, failed));
          }
        });
  }

  private void succeeded() {
    if (failures > 0) {
      LOG.log(Level.INFO, "connected to Redis again: failures={0}", failures);
    }
    failures = 0;
    trying = false;
  }

  private void failed(Throwable cause) {
    failures++;
    if (failures == 1) {
      LOG.log(Level.WARNING, "no connection to Redis, trying on: cause={0}", cause.getMessage());
    }
  }

  private Future<Line> open() {
    var vertx = context.owner();
    var client = Redis.createClient(vertx, options());
    var line = Promise.<Line>promise();
    long limit =
        vertx.setTimer(
            TIME_LIMIT_MILLIS, _ -> line.tryFail(new TimeoutException("no answer in time")));
    client
        .connect()
        .compose(connection -> connection.batch(Script.load()).map(new Line(client, connection)))
        .onComplete(result -> {
          vertx.cancelTimer(limit);
          if (result.succeeded()) {
            line.tryComplete(result.result());
          } else {
            line.tryFail(result.cause());
          }
        });
    return line.future().onFailure(_ -> client.close());
  }

  private RedisOptions options() {
    return new RedisOptions()
        .setConnectionString(url)
        .setMaxPoolSize(1)
        .setPoolCleanerInterval(-1)
        .setPoolRecycleTimeout(-1)
        .setMaxWaitingHandlers(2 * Pipeline.LARGEST_BATCH)
        .setNetClientOptions(
            new NetClientOptions().setTcpNoDelay(true).setConnectTimeout(TIME_LIMIT_MILLIS));
  }
}
