package dev.stint.redis;

import dev.stint.redis.Dialer.Line;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;

/**
 * The keys of Stint in a Redis that a test was given: on one server, on the master that sentinels
 * name, on all masters of a cluster. It lists all of them at once, which a Redis that others work
 * with would feel.
 */
public final class GivenKeys implements AutoCloseable {
  /** What the keys of Stint look like. */
  public static final String PATTERN = "stint:*";

  private static final int SECONDS = 20;

  private final RedisUrl url;
  private final Vertx vertx = Vertx.vertx();

  private GivenKeys(RedisUrl url) {
    this.url = url;
  }

  /**
   * @throws IllegalArgumentException with the rule that the URL breaks, and nothing of the URL
   */
  public static GivenKeys at(String url) {
    return new GivenKeys(RedisUrl.parse(url));
  }

  /** Whether all of them are in one server. */
  public boolean isOneServer() {
    return url.kind() != RedisUrl.Kind.CLUSTER;
  }

  /**
   * Whether there is one.
   *
   * @throws Exception if that cannot be known
   */
  public boolean any() throws Exception {
    for (var master : masters()) {
      var line = open(master);
      try {
        if (!keys(line).isEmpty()) {
          return true;
        }
      } finally {
        line.client().close();
      }
    }
    return false;
  }

  /**
   * Removes them all.
   *
   * @throws Exception if some may be left
   */
  public void remove() throws Exception {
    for (var master : masters()) {
      var line = open(master);
      try {
        for (var key : keys(line)) {
          get(line.connection().send(Request.cmd(Command.UNLINK).arg(key)));
        }
      } finally {
        line.client().close();
      }
    }
  }

  /** The URL, without users and passwords. */
  @Override
  public String toString() {
    return url.toString();
  }

  @Override
  public void close() throws Exception {
    get(vertx.close());
  }

  private Line open(String master) throws Exception {
    return get(Dialer.open(vertx, master, _ -> Future.succeededFuture()));
  }

  private static List<String> keys(Line line) throws Exception {
    var answer = get(line.connection().send(Request.cmd(Command.KEYS).arg(PATTERN)));
    return StreamSupport.stream(answer.spliterator(), false).map(Response::toString).toList();
  }

  /** URLs of one server each. */
  private List<String> masters() throws Exception {
    return switch (url.kind()) {
      case SINGLE -> List.of(url.of(url.addresses().getFirst()));
      case SENTINEL -> List.of(named());
      case CLUSTER -> slots().masters().stream().map(url::of).toList();
    };
  }

  private String named() throws Exception {
    try (var sentinels = new Sentinels(vertx, url)) {
      return get(sentinels.url());
    }
  }

  private SlotMap slots() throws Exception {
    var slots = Promise.<SlotMap>promise();
    new Topology(vertx, url, new Asking(slots)).ask();
    return get(slots.future());
  }

  private static <T> T get(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
  }

  /** Waits for one answer of a cluster. */
  private record Asking(Promise<SlotMap> slots) implements Topology.Listener {
    @Override
    public Collection<Address> known() {
      return List.of();
    }

    @Override
    public void learned(SlotMap map) {
      slots.tryComplete(map);
    }

    @Override
    public void failed(Throwable cause) {
      slots.tryFail(cause);
    }
  }
}
