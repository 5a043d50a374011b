package dev.stint.redis;

import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;

/** Any command, past the store: to look behind it, and to break things. */
final class Behind implements AutoCloseable {
  private final Redis client;

  Behind(Vertx vertx, RedisProcess redis) {
    client = Redis.createClient(vertx, redis.url());
  }

  Response command(String name, Object... args) {
    return client
        .send(Request.cmd(Command.create(name), args))
        .toCompletionStage()
        .toCompletableFuture()
        .join();
  }

  @Override
  public void close() {
    client.close();
  }
}
