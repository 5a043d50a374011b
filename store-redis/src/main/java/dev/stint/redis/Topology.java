package dev.stint.redis;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Asks a cluster which node has which slots: one node after another, in a random order, until one
 * answers. Safe for many threads; what is private happens on one event loop.
 */
final class Topology {
  private static final Logger LOG = System.getLogger(Topology.class.getName());

  private static final long PAUSE_MILLIS = 100;

  private final RedisUrl url;
  private final Listener listener;
  private final Context context;
  private boolean busy;
  private boolean wanted; // once more

  Topology(Vertx vertx, RedisUrl url, Listener listener) {
    this.url = url;
    this.listener = listener;
    context = ((VertxInternal) vertx).createEventLoopContext();
  }

  /** Who wants to know. Told on an event loop. */
  interface Listener {
    /** Masters, who may know it better than the nodes of the URL. */
    Collection<Address> known();

    void learned(SlotMap map);

    void failed(Throwable cause);
  }

  /** Asks; if it is at it already, then once more after that. */
  void ask() {
    context.runOnContext(_ -> begin());
  }

  private void begin() {
    if (busy) {
      wanted = true;
      return;
    }
    busy = true;
    wanted = false;
    var nodes = new LinkedHashSet<>(listener.known());
    nodes.addAll(url.addresses());
    var order = new ArrayList<>(nodes);
    Collections.shuffle(order, ThreadLocalRandom.current());
    ask(order)
        .onComplete(result -> {
          context.owner().setTimer(PAUSE_MILLIS, _ -> end());
          if (result.succeeded()) {
            listener.learned(result.result());
          } else {
            listener.failed(result.cause());
          }
        });
  }

  private void end() {
    busy = false;
    if (wanted) {
      begin();
    }
  }

  private Future<SlotMap> ask(List<Address> nodes) {
    return ask(nodes.getFirst())
        .recover(cause -> {
          LOG.log(Level.DEBUG, "a node does not tell the slots: node={0}", nodes.getFirst(), cause);
          return nodes.size() == 1
              ? Future.failedFuture(cause)
              : ask(nodes.subList(1, nodes.size()));
        });
  }

  /** The answer is a part of the greeting, so that it has the same time limit. */
  private Future<SlotMap> ask(Address node) {
    var map = Promise.<SlotMap>promise();
    return Dialer.open(
            context.owner(),
            url.of(node),
            connection ->
                connection
                    .send(Request.cmd(Command.CLUSTER).arg("SLOTS"))
                    .map(answer -> SlotMap.read(Objects.requireNonNull(answer), node))
                    .onSuccess(map::tryComplete))
        .onSuccess(line -> line.client().close())
        .compose(_ -> map.future());
  }
}
