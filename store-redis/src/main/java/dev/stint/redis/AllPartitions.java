package dev.stint.redis;

import dev.stint.job.Partitions;
import dev.stint.job.Publication;
import dev.stint.job.StoreUnavailableException;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What is done in every partition: reads in one go, upkeep one after another until it has enough.
 */
final class AllPartitions {
  private final Calls calls;
  private final List<String> names;
  private final AtomicInteger turn = new AtomicInteger();

  AllPartitions(Calls calls, Partitions partitions) {
    this.calls = calls;
    this.names = Keys.partitions(partitions);
  }

  List<String> names() {
    return names;
  }

  /** Sends one command to each; the answers have the order of the names. */
  List<@Nullable Response> each(Function<String, Request> command) {
    return calls.all(names.stream().map(name -> new Addressed(name, command.apply(name))).toList());
  }

  /** A script's call for a partition, to do at most so many. */
  interface Step {
    Request in(String partition, int most);
  }

  /**
   * Runs a script in one partition after another until it has done enough, and says how many it has
   * done. Each time it starts with another, so that none is left behind by a busy one. Partitions
   * that cannot be reached are passed over.
   *
   * @param agenda a partition's sorted set of what there may be to do, by time
   * @param upTo the time up to which it is to be done
   * @param done how many of them an answer tells of
   * @throws StoreUnavailableException if nothing was done, and not all could be reached
   */
  int until(
      int most,
      UnaryOperator<String> agenda,
      Instant upTo,
      Step step,
      ToIntFunction<@Nullable Response> done) {
    StoreUnavailableException failure = null;
    int all = 0;
    for (Look look : looks(agenda, upTo)) {
      if (all >= most) {
        break;
      }
      try {
        if (look.isNeeded()) {
          var partition = look.partition();
          all += done.applyAsInt(calls.call(partition, step.in(partition, most - all)));
        }
      } catch (StoreUnavailableException e) {
        failure = e;
      }
    }
    if (all == 0 && failure != null) {
      throw failure;
    }
    return all;
  }

  /**
   * The same, for scripts that publish. If Redis goes away midway, the outbox has what was found.
   */
  List<Publication> publications(int most, UnaryOperator<String> agenda, Instant upTo, Step step) {
    var found = new ArrayList<Publication>();
    until(
        most,
        agenda,
        upTo,
        step,
        answer -> {
          var some = Answers.publications(answer);
          found.addAll(some);
          return some.size();
        });
    return found;
  }

  /**
   * Whether there is anything to do in a partition.
   *
   * @param count the answer will tell it; null if it was not asked
   */
  private record Look(String partition, @Nullable Call count) {
    boolean isNeeded() {
      return count == null || Answers.number(count.await()) > 0;
    }
  }

  /** Asks all at once, since most have nothing to do; a single one need not be asked. */
  private List<Look> looks(UnaryOperator<String> agenda, Instant upTo) {
    if (names.size() == 1) {
      return List.of(new Look(names.getFirst(), null));
    }
    int first = turn.getAndIncrement();
    var order =
        IntStream.range(0, names.size())
            .mapToObj(i -> names.get(Math.floorMod(first + i, names.size())))
            .toList();
    var counts =
        calls.send(
            order.stream()
                .map(name -> new Addressed(name, count(agenda.apply(name), upTo)))
                .toList());
    return IntStream.range(0, order.size())
        .mapToObj(i -> new Look(order.get(i), counts.get(i)))
        .toList();
  }

  private static Request count(String key, Instant upTo) {
    return Request.cmd(Command.ZCOUNT).arg(key).arg("-inf").arg(upTo.toEpochMilli());
  }
}
