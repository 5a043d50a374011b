package dev.stint.redis;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.regex.Pattern;

/** How far the replicas of a master are. */
final class Replication {
  private static final Pattern MASTER = Pattern.compile("master_repl_offset:(\\d+)");
  private static final Pattern REPLICA = Pattern.compile("slave\\d+:.*offset=(\\d+)");

  private Replication() {}

  /** Waits until every replica has what the master has now: only that outlives it for certain. */
  static void awaitOf(RedisProcess master) {
    var matcher = MASTER.matcher(info(master));
    long now = matcher.find() ? Long.parseLong(matcher.group(1)) : Long.MAX_VALUE;
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> {
          var offsets = REPLICA.matcher(info(master)).results().toList();
          return !offsets.isEmpty()
              && offsets.stream().allMatch(replica -> Long.parseLong(replica.group(1)) >= now);
        });
  }

  private static String info(RedisProcess master) {
    return String.valueOf(master.command("INFO", "replication"));
  }
}
