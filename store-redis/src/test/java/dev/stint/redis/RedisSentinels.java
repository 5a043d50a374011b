package dev.stint.redis;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;

/**
 * A master, two replicas and three sentinels that watch them, for tests. The sentinels take a dead
 * master for down after a second, if two of them agree.
 */
public final class RedisSentinels implements TestRedis {
  static final String MASTER = "jobs";

  private static final Duration LIMIT = Duration.ofSeconds(40);
  private static final int REPLICAS = 2;
  private static final int SENTINELS = 3;

  private final Path folder;
  private final Protection protection;
  private final List<RedisProcess> servers = new ArrayList<>();
  private final List<RedisProcess> sentinels = new ArrayList<>();

  private RedisSentinels(Path folder, Protection protection) {
    this.folder = folder;
    this.protection = protection;
  }

  /** Starts all, and waits until the sentinels know each other and the replicas. */
  public static RedisSentinels start() {
    return start(Protection.NONE);
  }

  static RedisSentinels start(Protection protection) {
    try {
      var all = new RedisSentinels(Files.createTempDirectory("stint-sentinel"), protection);
      try {
        all.launch();
        Awaitility.await().atMost(LIMIT).until(all::isComplete);
        return all;
      } catch (IOException | RuntimeException e) {
        all.close();
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String url() {
    return sentinels.stream()
        .map(sentinel -> "127.0.0.1:" + sentinel.port())
        .collect(
            joining(
                ",",
                protection.scheme("-sentinel"),
                "?master=" + MASTER + protection.sentinelAccess()));
  }

  /** The one that the sentinels name. */
  @Override
  public List<RedisProcess> masters() {
    return List.of(master());
  }

  /** The one that the sentinels name; after a crash they take a moment to name another. */
  RedisProcess master() {
    var address = live(sentinels).getFirst().list("SENTINEL", "GET-MASTER-ADDR-BY-NAME", MASTER);
    return servers.stream()
        .filter(server -> String.valueOf(server.port()).equals(address.get(1)))
        .findFirst()
        .orElseThrow();
  }

  List<RedisProcess> servers() {
    return servers;
  }

  List<RedisProcess> sentinels() {
    return sentinels;
  }

  /** Ends the master as a crash does. */
  public void killMaster() {
    master().kill();
  }

  @Override
  public void close() {
    sentinels.forEach(RedisProcess::kill);
    servers.forEach(RedisProcess::kill);
    RedisProcess.remove(folder);
  }

  private void launch() throws IOException {
    var program = RedisBinary.in(folder);
    for (int i = 0; i <= REPLICAS; i++) {
      var place = Files.createDirectory(folder.resolve("server-" + i));
      var options = new ArrayList<String>(List.of("--repl-diskless-sync-delay", "0"));
      if (i > 0) {
        var master = String.valueOf(servers.getFirst().port());
        options.addAll(List.of("--replicaof", "127.0.0.1", master));
      }
      servers.add(RedisProcess.start(program, place, RedisProcess.freePort(), protection, options));
    }
    for (int i = 0; i < SENTINELS; i++) {
      var place = Files.createDirectory(folder.resolve("sentinel-" + i));
      int port = RedisProcess.freePort();
      sentinels.add(
          RedisProcess.startSentinel(program, place, port, protection, configuration(place, port)));
    }
  }

  private Path configuration(Path place, int port) throws IOException {
    var text =
        """
        bind 127.0.0.1
        dir "%s"
        sentinel monitor %s 127.0.0.1 %d 2
        sentinel down-after-milliseconds %s 1000
        sentinel failover-timeout %s 5000
        """
            .formatted(place, MASTER, servers.getFirst().port(), MASTER, MASTER);
    return Files.writeString(
        place.resolve("sentinel.conf"), text + protection.sentinelConfiguration(port, MASTER));
  }

  private boolean isComplete() {
    return live(sentinels).stream().allMatch(RedisSentinels::knowsAll)
        && servers.getFirst().list("ROLE").get(2) instanceof List<?> replicas
        && replicas.size() == REPLICAS;
  }

  /** Whether a sentinel knows all replicas and all other sentinels. */
  private static boolean knowsAll(RedisProcess sentinel) {
    var fields = sentinel.list("SENTINEL", "MASTER", MASTER);
    return IntStream.range(0, fields.size() / 2)
        .mapToObj(i -> Map.entry(fields.get(2 * i), fields.get(2 * i + 1)))
        .toList()
        .containsAll(
            List.of(
                Map.entry("flags", "master"),
                Map.entry("num-slaves", String.valueOf(REPLICAS)),
                Map.entry("num-other-sentinels", String.valueOf(SENTINELS - 1))));
  }

  private static List<RedisProcess> live(List<RedisProcess> processes) {
    return processes.stream().filter(RedisProcess::isAlive).toList();
  }
}
