package dev.stint.redis;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * A real Redis Cluster for tests: masters that share the slots evenly, and, if wanted, a replica
 * for each. It takes a dead master for failed after a second.
 */
public final class RedisCluster implements TestRedis {
  private static final Duration LIMIT = Duration.ofSeconds(40);
  private static final int SLOTS = 16384;
  private static final int BUS_OFFSET = 10_000;

  private final Path folder;
  private final Protection protection;
  private final List<RedisProcess> nodes = new ArrayList<>();

  private RedisCluster(Path folder, Protection protection) {
    this.folder = folder;
    this.protection = protection;
  }

  /**
   * Starts one, and waits until all its nodes agree on it.
   *
   * @param masters at least 3
   * @param replicas one for each master, or none
   */
  public static RedisCluster start(int masters, boolean replicas) {
    return start(masters, replicas, Protection.NONE);
  }

  private static RedisCluster start(int masters, boolean replicas, Protection protection) {
    try {
      var cluster = new RedisCluster(Files.createTempDirectory("stint-cluster"), protection);
      try {
        cluster.launch(replicas ? 2 * masters : masters);
        cluster.form(masters);
        return cluster;
      } catch (IOException | RuntimeException e) {
        cluster.close();
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Three masters without replicas. */
  public static RedisCluster start() {
    return start(Protection.NONE);
  }

  static RedisCluster start(Protection protection) {
    return start(3, false, protection);
  }

  @Override
  public String url() {
    return nodes.stream()
        .map(node -> "127.0.0.1:" + node.port())
        .collect(joining(",", protection.scheme("-cluster"), ""));
  }

  @Override
  public List<RedisProcess> masters() {
    return nodes.stream().filter(RedisProcess::isAlive).filter(RedisProcess::isMaster).toList();
  }

  /** Those that live. */
  List<RedisProcess> nodes() {
    return nodes.stream().filter(RedisProcess::isAlive).toList();
  }

  /** The master that has a slot. */
  public RedisProcess masterOf(int slot) {
    return masterOf(nodes().getFirst(), slot);
  }

  /** The same, as one of the nodes has it. */
  RedisProcess masterOf(RedisProcess asked, int slot) {
    for (Object entry : asked.list("CLUSTER", "SLOTS")) {
      var range = (List<?>) entry;
      if ((long) range.get(0) <= slot && slot <= (long) range.get(1)) {
        long port = (long) ((List<?>) range.get(2)).get(1);
        return nodes.stream().filter(node -> node.port() == port).findFirst().orElseThrow();
      }
    }
    throw new IllegalStateException("no master has slot " + slot);
  }

  /** Ends a master as a crash does: the first one. */
  public void killMaster() {
    masters().getFirst().kill();
  }

  @Override
  public void close() {
    nodes.forEach(RedisProcess::kill);
    RedisProcess.remove(folder);
  }

  static String id(RedisProcess node) {
    return String.valueOf(node.command("CLUSTER", "MYID"));
  }

  private void launch(int count) throws IOException {
    var program = RedisBinary.in(folder);
    for (int i = 0; i < count; i++) {
      var place = Files.createDirectory(folder.resolve("node-" + i));
      var options =
          new ArrayList<>(List.of("--cluster-enabled", "yes", "--cluster-node-timeout", "1000"));
      if (protection.certificate() != null) {
        options.addAll(List.of("--tls-cluster", "yes"));
      }
      nodes.add(RedisProcess.start(program, place, portWithBus(), protection, options));
    }
  }

  private void form(int masters) {
    for (int i = 0; i < masters; i++) {
      nodes.get(i).command("CLUSTER", "SET-CONFIG-EPOCH", i + 1);
      var slots = IntStream.range(i * SLOTS / masters, (i + 1) * SLOTS / masters).boxed();
      nodes.get(i).command(Stream.concat(Stream.of("CLUSTER", "ADDSLOTS"), slots).toArray());
    }
    for (RedisProcess node : nodes) {
      nodes.getFirst().command("CLUSTER", "MEET", "127.0.0.1", node.port());
    }
    await(() -> nodes.stream().allMatch(node -> knows(node, nodes.size())));
    for (int i = masters; i < nodes.size(); i++) {
      nodes.get(i).command("CLUSTER", "REPLICATE", id(nodes.get(i - masters)));
    }
    await(() -> nodes.stream().allMatch(RedisCluster::isReady));
    await(() -> nodes.stream().allMatch(node -> replicas(node) == nodes.size() - masters));
  }

  private static boolean knows(RedisProcess node, int count) {
    var info = String.valueOf(node.command("CLUSTER", "INFO"));
    return info.contains("cluster_known_nodes:" + count) && info.contains("cluster_state:ok");
  }

  private static boolean isReady(RedisProcess node) {
    var info = String.valueOf(node.command("INFO", "replication"));
    return info.contains("role:master") || info.contains("master_link_status:up");
  }

  /** How many replicas a node knows of. */
  private static long replicas(RedisProcess node) {
    return String.valueOf(node.command("CLUSTER", "NODES"))
        .lines()
        .filter(line -> line.contains("slave"))
        .count();
  }

  private static void await(Callable<Boolean> condition) {
    Awaitility.await().atMost(LIMIT).until(condition);
  }

  /** A free port whose neighbour that the cluster talks on is free too. */
  private static int portWithBus() throws IOException {
    for (int i = 0; i < 1000; i++) {
      int port = RedisProcess.freePort();
      if (port + BUS_OFFSET < 65536 && isFree(port + BUS_OFFSET)) {
        return port;
      }
    }
    throw new IOException("no free port for a cluster");
  }

  private static boolean isFree(int port) {
    try (var _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return true;
    } catch (IOException _) {
      return false;
    }
  }
}
