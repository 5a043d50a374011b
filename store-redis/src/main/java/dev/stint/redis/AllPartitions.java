package dev.stint.redis;

import dev.stint.job.Partitions;
import dev.stint.job.Publication;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What is done in every partition: reads in one go, upkeep one after another until it has enough.
 */
final class AllPartitions {
  private final Pipelines pipelines;
  private final List<String> names;
  private final AtomicInteger turn = new AtomicInteger();

  AllPartitions(Pipelines pipelines, Partitions partitions) {
    this.pipelines = pipelines;
    this.names = IntStream.range(0, partitions.count()).mapToObj(Keys::partition).toList();
  }

  List<String> names() {
    return names;
  }

  /** Sends one command to each; the answers have the order of the names. */
  List<@Nullable Response> each(Function<String, Request> command) {
    return pipelines.any().all(names.stream().map(command).toList());
  }

  /** A script's call for a partition, to do at most so many. */
  interface Step {
    Request in(String partition, int most);
  }

  /**
   * Runs a script in one partition after another until it has done enough, and says how many it has
   * done. Each time it starts with another, so that none is left behind by a busy one.
   *
   * @param done how many of them an answer tells of
   */
  int until(int most, Step step, ToIntFunction<@Nullable Response> done) {
    int first = turn.getAndIncrement();
    int all = 0;
    for (int i = 0; i < names.size() && all < most; i++) {
      var partition = names.get(Math.floorMod(first + i, names.size()));
      all += done.applyAsInt(pipelines.any().call(step.in(partition, most - all)));
    }
    return all;
  }

  /**
   * The same, for scripts that publish. If Redis goes away midway, the outbox has what was found.
   */
  List<Publication> publications(int most, Step step) {
    var found = new ArrayList<Publication>();
    until(
        most,
        step,
        answer -> {
          var some = Answers.publications(answer);
          found.addAll(some);
          return some.size();
        });
    return found;
  }
}
