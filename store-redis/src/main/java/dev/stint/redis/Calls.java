package dev.stint.redis;

import dev.stint.job.JobId;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What the repositories say to Redis. Calls about one job are carried out in the order in which a
 * thread makes them; others take turns over the connections.
 *
 * <p>Safe for many threads, which block; none of them may be an event loop's.
 */
final class Calls implements AutoCloseable {
  private final Router router;
  private final Durability durability;
  private final AtomicInteger turn = new AtomicInteger();

  Calls(Router router, Durability durability) {
    this.router = router;
    this.durability = durability;
  }

  /** Opens what the URL of the settings asks for. */
  static Calls open(Vertx vertx, RedisSettings settings) {
    var url = RedisUrl.parse(settings.url());
    return new Calls(
        switch (url.kind()) {
          case SINGLE -> OneMaster.fixed(vertx, settings, url);
          case SENTINEL -> OneMaster.named(vertx, settings, url);
          case CLUSTER -> new Cluster(vertx, settings, url);
        },
        settings.durability());
  }

  /**
   * Sends a command about a job and waits for its answer.
   *
   * @throws dev.stint.job.StoreUnavailableException if there is none, or if it is an error
   */
  @Nullable Response call(JobId id, Request request) {
    return sent(id, request, Durability.NONE).await();
  }

  /**
   * The same, for what makes a job that must not be lost: it is as durable as the settings ask when
   * this returns.
   *
   * @throws dev.stint.job.StoreUnavailableException also if it is not that durable in time; it may
   *     have been done all the same
   */
  @Nullable Response callDurably(JobId id, Request request) {
    return sent(id, request, durability).await();
  }

  /** Sends a command about a partition and waits for its answer. */
  @Nullable Response call(String partition, Request request) {
    return send(List.of(new Addressed(partition, request))).getFirst().await();
  }

  /** Sends a command about a job that nobody waits for. */
  void post(JobId id, Request request) {
    sent(id, request, Durability.NONE);
  }

  /** Sends commands in one go and waits for their answers, which have the same order. */
  List<@Nullable Response> all(List<Addressed> commands) {
    var answers = new ArrayList<@Nullable Response>(commands.size());
    for (Call call : send(commands)) {
      answers.add(call.await());
    }
    return answers;
  }

  /** Sends commands in one go. */
  List<Call> send(List<Addressed> commands) {
    int next = turn.getAndIncrement();
    var calls = commands.stream().map(command -> router.call(command, next)).toList();
    if (!calls.isEmpty()) {
      router.send(calls);
    }
    return calls;
  }

  /** Sends a command to each server that is in use, as far as these are known. */
  List<Call> sendToEachServer(Request request) {
    return send(
        router.onePartitionEach().stream()
            .map(partition -> new Addressed(partition, request))
            .toList());
  }

  @Override
  public void close() {
    router.close();
  }

  private Call sent(JobId id, Request request, Durability durability) {
    var call = router.call(new Addressed(Keys.partition(id), request), id.value().hashCode());
    call.setDurability(durability);
    router.send(List.of(call));
    return call;
  }
}
