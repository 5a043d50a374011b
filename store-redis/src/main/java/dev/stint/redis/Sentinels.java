package dev.stint.redis;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Asks all sentinels at once for the master, and takes the answer that most of them give: one that
 * is cut off from the others may still name the master of yesterday.
 *
 * <p>Safe for many threads. What is private happens on one event loop.
 */
final class Sentinels implements Locator, AutoCloseable {
  /** How often it asks, so that a master that lost its office unnoticed is soon left. */
  private static final long WATCH_MILLIS = 1_000;

  private final RedisUrl url;
  private final Context context;
  private final List<Sentinel> sentinels;
  private @Nullable Future<String> asked;
  private boolean closed;

  Sentinels(Vertx vertx, RedisUrl url) {
    this.url = url;
    context = ((VertxInternal) vertx).createEventLoopContext();
    sentinels =
        url.addresses().stream()
            .map(address -> new Sentinel(context, url.ofSentinel(address), url.master()))
            .toList();
  }

  @Override
  public Future<String> url() {
    var answer = Promise.<String>promise();
    context.runOnContext(_ -> ask().onComplete(answer));
    return answer.future();
  }

  @Override
  public boolean mustBeMaster() {
    return true;
  }

  /** Asks again and again, and tells each answer. */
  void watch(Consumer<String> master) {
    context.runOnContext(_ ->
        context
            .owner()
            .setPeriodic(
                WATCH_MILLIS,
                timer -> {
                  if (closed) {
                    context.owner().cancelTimer(timer);
                  } else {
                    ask().onSuccess(master::accept);
                  }
                }));
  }

  @Override
  public void close() {
    context.runOnContext(_ -> {
      closed = true;
      sentinels.forEach(Sentinel::close);
    });
  }

  /** Those who ask at the same time get the same answer. */
  private Future<String> ask() {
    var current = asked;
    if (current == null) {
      var votes = new Votes(sentinels.size());
      current = votes.result().map(url::of);
      asked = current;
      for (Sentinel sentinel : sentinels) {
        sentinel.ask().onComplete(votes::count);
      }
      votes.result().onComplete(_ -> asked = null);
    }
    return current;
  }
}
