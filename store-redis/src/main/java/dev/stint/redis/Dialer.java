package dev.stint.redis;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.RedisOptions;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** Opens a connection to one server, and closes it again if anything goes wrong. */
final class Dialer {
  /** It takes no longer, so that calls fail fast while Redis is away. */
  static final int TIME_LIMIT_MILLIS = 2_000;

  private Dialer() {}

  /**
   * An open connection, and the client it has to itself: closing that is what closes it.
   *
   * @param url of its server
   */
  record Line(String url, Redis client, RedisConnection connection) {}

  /**
   * Opens one for the event loop this is called on.
   *
   * @param greeting what has to succeed before the connection is used
   */
  static Future<Line> open(Vertx vertx, String url, Function<RedisConnection, Future<?>> greeting) {
    var client = Redis.createClient(vertx, options(url));
    var line = Promise.<Line>promise();
    long limit =
        vertx.setTimer(
            TIME_LIMIT_MILLIS, _ -> line.tryFail(new TimeoutException("no answer in time")));
    client
        .connect()
        .compose(connection -> greeting.apply(connection).map(new Line(url, client, connection)))
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

  private static RedisOptions options(String url) {
    return new RedisOptions()
        .setConnectionString(url)
        .setMaxPoolSize(1)
        .setPoolCleanerInterval(-1)
        .setPoolRecycleTimeout(-1)
        .setMaxWaitingHandlers(4 * Pipeline.LARGEST_BATCH)
        .setNetClientOptions(
            new NetClientOptions()
                .setTcpNoDelay(true)
                .setConnectTimeout(TIME_LIMIT_MILLIS)
                // Else any certificate of a known authority would do, whoever shows it.
                .setHostnameVerificationAlgorithm("HTTPS"));
  }
}
