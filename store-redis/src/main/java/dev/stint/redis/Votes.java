package dev.stint.redis;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.HashMap;
import java.util.Map;

/**
 * The answers of some voters about where a server is. Decided as soon as more than half of all name
 * the same address; or, when all have answered or failed, for the address named most.
 */
final class Votes {
  private final int voters;
  private final Map<Address, Integer> votes = new HashMap<>();
  private final Promise<Address> result = Promise.promise();
  private int counted;

  Votes(int voters) {
    this.voters = voters;
  }

  Future<Address> result() {
    return result.future();
  }

  void count(AsyncResult<Address> vote) {
    counted++;
    if (vote.succeeded() && votes.merge(vote.result(), 1, Integer::sum) * 2 > voters) {
      result.tryComplete(vote.result());
    } else if (counted == voters) {
      votes.entrySet().stream()
          .max(Map.Entry.comparingByValue())
          .ifPresentOrElse(
              most -> result.tryComplete(most.getKey()), () -> result.tryFail(vote.cause()));
    }
  }
}
