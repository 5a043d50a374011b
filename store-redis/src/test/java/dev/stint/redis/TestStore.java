package dev.stint.redis;

import dev.stint.job.Partitions;
import dev.stint.job.Retention;
import dev.stint.job.StoreContract.Repositories;
import io.vertx.core.Vertx;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A store on a Redis, or more than one, of its own, for the tests of one class. */
final class TestStore implements BeforeAllCallback, AfterAllCallback {
  private final int partitions;
  private final Supplier<TestRedis> starter;
  private Vertx vertx;
  private TestRedis redis;
  private RedisStore store;
  private Behind behind;

  TestStore(int partitions) {
    this(partitions, RedisProcess::start);
  }

  TestStore(int partitions, Supplier<TestRedis> starter) {
    this.partitions = partitions;
    this.starter = starter;
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    if (redis == null) {
      vertx = Vertx.vertx();
      redis = starter.get();
      store =
          RedisStore.open(
              vertx,
              new RedisSettings(
                  redis.url(),
                  RedisSettings.DEFAULT_CONNECTIONS,
                  new Partitions(partitions),
                  Retention.DEFAULT,
                  RedisSettings.DEFAULT_TIME_LIMIT));
      behind = new Behind(vertx, redis.masters().getFirst());
    }
  }

  /** Nested classes share it: only the outermost ends it. */
  @Override
  public void afterAll(ExtensionContext context) {
    if (context.getRequiredTestClass().getEnclosingClass() == null) {
      try (var _ = redis) {
        behind.close();
        store.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
      }
    }
  }

  RedisStore store() {
    return store;
  }

  TestRedis redis() {
    return redis;
  }

  Repositories repositories() {
    return new Repositories(
        store.jobs(),
        store.outbox(),
        store.queries(),
        store.journal(),
        store.pruning(),
        store.survey());
  }

  void empty() {
    redis.empty();
  }

  Behind behind() {
    return behind;
  }
}
