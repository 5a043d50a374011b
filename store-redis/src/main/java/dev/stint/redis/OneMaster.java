package dev.stint.redis;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All partitions are on one server: the only one, or the one that sentinels name the master. */
final class OneMaster implements Router {
  private final Pipelines pipelines;
  private final @Nullable Sentinels sentinels;

  private OneMaster(Pipelines pipelines, @Nullable Sentinels sentinels) {
    this.pipelines = pipelines;
    this.sentinels = sentinels;
  }

  /** A server that stays where it is. */
  static OneMaster fixed(Vertx vertx, RedisSettings settings, RedisUrl url) {
    var server = url.of(url.addresses().getFirst());
    return new OneMaster(
        new Pipelines(vertx, settings, () -> Future.succeededFuture(server)), null);
  }

  /** The server that sentinels name. */
  static OneMaster named(Vertx vertx, RedisSettings settings, RedisUrl url) {
    var sentinels = new Sentinels(vertx, url);
    var pipelines = new Pipelines(vertx, settings, sentinels);
    sentinels.watch(master -> pipelines.forEach(pipeline -> pipeline.expect(master)));
    return new OneMaster(pipelines, sentinels);
  }

  @Override
  public Call call(Addressed addressed, int turn) {
    return new Call(addressed, turn, Call.Rescuer.NONE);
  }

  @Override
  public void send(List<Call> calls) {
    Pipelines.offer(calls, call -> pipelines.of(call.turn()));
  }

  @Override
  public List<String> onePartitionEach() {
    return List.of(Keys.WORKERS);
  }

  @Override
  public void close() {
    pipelines.close();
    if (sentinels != null) {
      sentinels.close();
    }
  }
}
