package dev.stint.redis;

import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/** The few pipelines to one server, over which calls are spread by their turn. */
final class Pipelines implements AutoCloseable {
  private final List<Pipeline> pipelines;

  Pipelines(Vertx vertx, RedisSettings settings, Locator locator) {
    var durability = settings.durability();
    pipelines =
        Stream.generate(((VertxInternal) vertx)::createEventLoopContext)
            .limit(settings.connections())
            .map(context ->
                new Pipeline(
                    context, new Connector(context, locator, durability), settings.timeLimit()))
            .toList();
  }

  /** The same pipeline for the same turn. */
  Pipeline of(int turn) {
    return pipelines.get(Math.floorMod(turn, pipelines.size()));
  }

  void forEach(Consumer<Pipeline> action) {
    pipelines.forEach(action);
  }

  /** Gives each pipeline its calls in one go, in their order. */
  static void offer(List<Call> calls, Function<Call, Pipeline> route) {
    if (calls.size() == 1) {
      route.apply(calls.getFirst()).offer(calls);
      return;
    }
    var parts = new IdentityHashMap<Pipeline, List<Call>>();
    for (Call call : calls) {
      parts.computeIfAbsent(route.apply(call), _ -> new ArrayList<>()).add(call);
    }
    parts.forEach(Pipeline::offer);
  }

  /** Ends all as soon as what is under way has been answered; refuses everything else. */
  void leave(Throwable cause) {
    pipelines.forEach(pipeline -> pipeline.leave(cause));
  }

  @Override
  public void close() {
    pipelines.forEach(Pipeline::close);
  }
}
