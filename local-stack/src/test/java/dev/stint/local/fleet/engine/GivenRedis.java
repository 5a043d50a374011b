package dev.stint.local.fleet.engine;

import dev.stint.local.process.Complaint;
import dev.stint.local.process.Launch;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;

/**
 * A Redis that is there already, for this fleet alone: it must have no key of Stint at the start,
 * and has none at the end.
 */
final class GivenRedis implements Engine {
  private static final String KEYS = "stint:*";

  private final String url;

  /**
   * @throws Complaint if it is of no use for tests
   */
  GivenRedis(String url) throws Exception {
    this.url = url;
    if (!url.matches("rediss?://.+")) {
      throw new Complaint("stint.test.redis must be redis://host:port, not " + shown(url));
    }
    try (var redis = new Client(url)) {
      if (!redis.keys().isEmpty()) {
        throw new Complaint(
            "the Redis at "
                + shown(url)
                + " has jobs of Stint, which a test would destroy: give one without keys "
                + KEYS);
      }
    }
  }

  @Override
  public String url() {
    return url;
  }

  @Override
  public List<Launch> launches() {
    return List.of();
  }

  @Override
  public Map<String, String> env() {
    return Map.of();
  }

  @Override
  public void close() throws Exception {
    try (var redis = new Client(url)) {
      for (String key : redis.keys()) {
        redis.call(Request.cmd(Command.UNLINK).arg(key));
      }
    }
  }

  private static String shown(String url) {
    return URI.create(url.replaceFirst("//[^@/]*@", "//")).toString();
  }

  /** A connection for a few commands. */
  private static final class Client implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx();
    private final Redis redis;

    Client(String url) {
      redis = Redis.createClient(vertx, new RedisOptions().setConnectionString(url));
    }

    List<String> keys() throws Exception {
      var answer = call(Request.cmd(Command.KEYS).arg(KEYS));
      return StreamSupport.stream(answer.spliterator(), false).map(Response::toString).toList();
    }

    Response call(Request request) throws Exception {
      return redis
          .send(request)
          .toCompletionStage()
          .toCompletableFuture()
          .get(10, TimeUnit.SECONDS);
    }

    @Override
    public void close() throws Exception {
      redis.close();
      vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
  }
}
