package dev.stint.redis;

import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Waits, right behind a batch of calls, until what they wrote is durable, and keeps the answers
 * back of those that asked for that. One is enough for all of a batch. On one event loop.
 */
final class Barrier extends Call {
  private final Durability durability;
  private final List<Kept> kept = new ArrayList<>();

  /** An answer that is not given yet. */
  private record Kept(Call call, @Nullable Response answer) {}

  private Barrier(Call last, Durability durability) {
    super(new Addressed(last.partition(), durability.request()), last.turn(), Rescuer.NONE);
    this.durability = durability;
  }

  /** The calls, with a barrier behind them if one of them has to be durable. */
  static List<Call> behind(List<Call> calls) {
    Barrier barrier = null;
    for (Call call : calls) {
      var asked = call.durability();
      if (asked.isAwaited()) {
        barrier = barrier == null ? new Barrier(call, asked) : barrier;
        call.awaitBehind(barrier);
      }
    }
    if (barrier == null) {
      return calls;
    }
    var all = new ArrayList<>(calls);
    all.add(barrier);
    return all;
  }

  void keep(Call call, @Nullable Response answer) {
    kept.add(new Kept(call, answer));
  }

  @Override
  void answer(@Nullable Response response) {
    if (durability.isReached(response)) {
      kept.forEach(one -> one.call().give(one.answer()));
    } else {
      fail(new IllegalStateException(durability.missed()));
    }
  }

  /** Those were carried out: they must not be sent again. */
  @Override
  void refuse(Throwable cause) {
    fail(cause);
  }

  @Override
  void fail(Throwable cause) {
    kept.forEach(one -> one.call().fail(cause));
  }
}
