package dev.stint.redis;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.RedisOptions;
import java.util.concurrent.TimeoutException;

/** Opens connections that know all scripts. */
final class Connector {
  /** An attempt to connect takes no longer, so that calls fail fast while Redis is away. */
  private static final int TIME_LIMIT_MILLIS = 2_000;

  private final Vertx vertx;
  private final String url;

  Connector(Vertx vertx, String url) {
    this.vertx = vertx;
    this.url = url;
  }

  /** An open connection, and the client it has to itself: closing that is what closes it. */
  record Line(Redis client, RedisConnection connection) {}

  /** To be called on the event loop that the connection is to live on. */
  Future<Line> connect() {
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
