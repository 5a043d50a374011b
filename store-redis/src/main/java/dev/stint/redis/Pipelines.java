package dev.stint.redis;

import dev.stint.job.JobId;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** The few pipelines of a store. */
final class Pipelines implements AutoCloseable {
  private final List<Pipeline> pipelines;
  private final AtomicInteger turn = new AtomicInteger();

  Pipelines(Vertx vertx, RedisSettings settings) {
    pipelines =
        Stream.generate(((VertxInternal) vertx)::createEventLoopContext)
            .limit(settings.connections())
            .map(context ->
                new Pipeline(context, new Connector(context, settings.url()), settings.timeLimit()))
            .toList();
  }

  /** The one for a job: the same each time, so that calls about a job keep their order. */
  Pipeline of(JobId id) {
    return pipelines.get(Math.floorMod(id.value().hashCode(), pipelines.size()));
  }

  /** The next one in turn. */
  Pipeline any() {
    return pipelines.get(Math.floorMod(turn.getAndIncrement(), pipelines.size()));
  }

  @Override
  public void close() {
    pipelines.forEach(Pipeline::close);
  }
}
