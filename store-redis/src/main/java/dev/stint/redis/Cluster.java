package dev.stint.redis;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Each partition is on the node that has its slot. Every node in use has pipelines of its own; who
 * has which slot is learned from any node, and learned again whenever a call shows that it changed.
 *
 * <p>A call that a node did not carry out, and says so, is sent again until its time limit is over.
 * One of which that is not known fails: see {@code docs/decisions/0007-redis-cluster.md}.
 */
final class Cluster implements Router, Call.Rescuer, Topology.Listener {
  private static final long PAUSE_MILLIS = 25;

  private final Vertx vertx;
  private final RedisSettings settings;
  private final RedisUrl url;
  private final Topology topology;
  private final Map<Address, Pipelines> nodes = new ConcurrentHashMap<>();
  private volatile @Nullable SlotMap map;

  private final List<Call> homeless = new ArrayList<>(); // wait for the first map; also the lock
  private volatile boolean closed;

  Cluster(Vertx vertx, RedisSettings settings, RedisUrl url) {
    this.vertx = vertx;
    this.settings = settings;
    this.url = url;
    topology = new Topology(vertx, url, this);
  }

  /** Why calls leave a pipeline whose node has no slots any more. */
  private static final class Abandoned extends IOException {
    private static final long serialVersionUID = 1L;

    Abandoned(Address node) {
      super("node " + node + " has no slots any more");
    }
  }

  @Override
  public Call call(Addressed addressed, int turn) {
    return new Call(addressed, turn, this);
  }

  @Override
  public void send(List<Call> calls) {
    var known = map;
    if (known == null) {
      awaitMap(calls);
      return;
    }
    var housed = new ArrayList<Call>(calls.size());
    for (Call call : calls) {
      call.setAsking(false);
      if (known.owner(call.slot()) == null) {
        call.refuse(new IOException("CLUSTERDOWN no node has the slot of " + call.partition()));
      } else {
        housed.add(call);
      }
    }
    if (!housed.isEmpty()) {
      Pipelines.offer(housed, call -> pipeline(known, call));
    }
  }

  /** Sends a call again if it surely was not carried out, and looks for what has changed. */
  @Override
  public boolean takes(Call call, Throwable cause) {
    var redirection =
        cause instanceof Abandoned ? new Redirection.Later() : Redirection.read(cause.getMessage());
    if (!(redirection instanceof Redirection.Ask)) {
      topology.ask();
    }
    if (redirection == null || closed || call.isOlderThan(settings.timeLimit())) {
      return false;
    }
    switch (redirection) {
      case Redirection.Moved(var slot, var owner) -> {
        move(slot, owner);
        if (call.movesAtOnce()) {
          send(List.of(call));
        } else {
          sendLater(call);
        }
      }
      case Redirection.Ask(var target) -> {
        if (call.isScript()) {
          sendLater(call); // its keys are on two nodes now
        } else {
          call.setAsking(true);
          node(target).of(call.turn()).offer(List.of(call));
        }
      }
      case Redirection.Later() -> sendLater(call);
    }
    return true;
  }

  @Override
  public void learned(SlotMap learned) {
    List<Call> waiting;
    synchronized (homeless) {
      map = learned;
      waiting = List.copyOf(homeless);
      homeless.clear();
    }
    for (Address node : nodes.keySet()) {
      if (!learned.masters().contains(node)) {
        abandon(node);
      }
    }
    send(waiting);
  }

  @Override
  public void failed(Throwable cause) {
    List<Call> waiting;
    synchronized (homeless) {
      waiting = List.copyOf(homeless);
      homeless.clear();
    }
    waiting.forEach(call -> call.fail(cause));
  }

  @Override
  public Collection<Address> known() {
    var known = map;
    return known == null ? List.of() : known.masters();
  }

  @Override
  public List<String> onePartitionEach() {
    var known = map;
    if (known == null) {
      return List.of(Keys.WORKERS);
    }
    var found = new HashMap<Address, String>();
    for (String partition : Keys.partitions(settings.partitions())) {
      var owner = known.owner(HashSlot.of(partition));
      if (owner != null) {
        found.putIfAbsent(owner, partition);
      }
    }
    return found.isEmpty() ? List.of(Keys.WORKERS) : List.copyOf(found.values());
  }

  @Override
  public void close() {
    synchronized (homeless) {
      closed = true;
    }
    failed(new IllegalStateException("the store is closed"));
    nodes.values().forEach(Pipelines::close);
  }

  private void awaitMap(List<Call> calls) {
    synchronized (homeless) {
      if (map == null && !closed) {
        homeless.addAll(calls);
        topology.ask();
        return;
      }
    }
    if (closed) {
      calls.forEach(call -> call.fail(new IllegalStateException("the store is closed")));
    } else {
      send(calls);
    }
  }

  private void sendLater(Call call) {
    try {
      vertx.setTimer(PAUSE_MILLIS, _ -> send(List.of(call)));
    } catch (RejectedExecutionException e) {
      call.fail(e);
    }
  }

  private void move(int slot, Address owner) {
    synchronized (homeless) {
      if (map != null) {
        map = map.with(slot, owner);
      }
    }
  }

  private void abandon(Address node) {
    var abandoned = nodes.remove(node);
    if (abandoned != null) {
      abandoned.leave(new Abandoned(node));
    }
  }

  private Pipeline pipeline(SlotMap known, Call call) {
    return node(Objects.requireNonNull(known.owner(call.slot()))).of(call.turn());
  }

  private Pipelines node(Address address) {
    var node = nodes.get(address);
    if (node == null) {
      synchronized (homeless) {
        node = nodes.computeIfAbsent(address, this::open);
        if (closed) {
          node.close(); // refuses what it is given
        }
      }
    }
    return node;
  }

  private Pipelines open(Address address) {
    var server = url.of(address);
    return new Pipelines(vertx, settings, () -> Future.succeededFuture(server));
  }
}
