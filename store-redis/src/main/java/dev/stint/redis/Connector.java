package dev.stint.redis;

import dev.stint.job.RetryPolicy;
import dev.stint.redis.Dialer.Line;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Opens connections that know all scripts and can wait as asked, and tries until it has one: at
 * once, then after delays that double up to {@link #RECONNECT}'s longest, with jitter. To be used
 * on one event loop, on which the connections live too.
 */
final class Connector {
  private static final RetryPolicy RECONNECT =
      new RetryPolicy(1, Duration.ofMillis(100), Duration.ofSeconds(3), 2, 0.5);
  private static final Logger LOG = System.getLogger(Connector.class.getName());

  private final Context context;
  private final Locator locator;
  private final Durability durability;
  private boolean trying;
  private boolean stopped;
  private int failures;

  Connector(Context context, Locator locator, Durability durability) {
    this.context = context;
    this.locator = locator;
    this.durability = durability;
  }

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
    var line = Promise.<Line>promise();
    locator
        .url()
        .onComplete(found ->
            context.runOnContext(_ -> {
              if (found.succeeded()) {
                Dialer.open(context.owner(), found.result(), this::greet).onComplete(line);
              } else {
                line.fail(found.cause());
              }
            }));
    return line.future();
  }

  private Future<?> greet(RedisConnection connection) {
    var role =
        locator.mustBeMaster()
            ? connection.send(Request.cmd(Command.ROLE)).map(Connector::master)
            : Future.succeededFuture();
    return role.compose(_ -> ableTo(connection)).compose(_ -> connection.batch(Script.load()));
  }

  /** A server that cannot wait for its disk is not used: it would refuse what it has done. */
  private Future<?> ableTo(RedisConnection connection) {
    return durability.kind() == Durability.Kind.AOF
        ? connection
            .send(Durability.probe())
            .recover(cause -> Future.failedFuture(Durability.unable(cause)))
        : Future.succeededFuture();
  }

  private static Response master(@Nullable Response role) {
    if (role == null || !role.get(0).toString().equals("master")) {
      throw new IllegalStateException("the server is no master now");
    }
    return role;
  }
}
