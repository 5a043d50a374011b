package dev.stint.redis;

import dev.stint.job.Partitions;
import dev.stint.job.Retention;
import dev.stint.job.StoreContract.Repositories;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A store on a Redis of its own, for the tests of one class; and a way to look behind it. */
final class TestStore implements BeforeAllCallback, AfterAllCallback {
  private final int partitions;
  private final Duration timeLimit;
  private Vertx vertx;
  private RedisProcess redis;
  private RedisStore store;
  private Redis behind;

  TestStore(int partitions) {
    this(partitions, RedisSettings.DEFAULT_TIME_LIMIT);
  }

  TestStore(int partitions, Duration timeLimit) {
    this.partitions = partitions;
    this.timeLimit = timeLimit;
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    if (redis == null) {
      vertx = Vertx.vertx();
      redis = RedisProcess.start();
      store = open(redis.url());
      behind = Redis.createClient(vertx, redis.url());
    }
  }

  /** Nested classes share it: only the outermost ends it. */
  @Override
  public void afterAll(ExtensionContext context) {
    if (context.getRequiredTestClass().getEnclosingClass() == null) {
      store.close();
      redis.close();
      vertx.close().toCompletionStage().toCompletableFuture().join();
    }
  }

  RedisStore open(String url) {
    var settings =
        new RedisSettings(url, 2, new Partitions(partitions), Retention.DEFAULT, timeLimit);
    return RedisStore.open(vertx, settings);
  }

  Vertx vertx() {
    return vertx;
  }

  RedisProcess redis() {
    return redis;
  }

  RedisStore store() {
    return store;
  }

  Repositories repositories() {
    return new Repositories(
        store.jobs(), store.outbox(), store.queries(), store.journal(), store.pruning());
  }

  void empty() {
    command("FLUSHALL");
  }

  /** Any command, past the store. */
  Response command(String name, Object... args) {
    return behind
        .send(Request.cmd(Command.create(name), args))
        .toCompletionStage()
        .toCompletableFuture()
        .join();
  }
}
