package dev.stint.local.fleet.engine;

import dev.stint.local.process.Launch;
import dev.stint.redis.RedisCluster;
import dev.stint.redis.RedisSentinels;
import dev.stint.redis.TestRedis;
import java.util.List;
import java.util.Map;

/**
 * Several Redis processes that stand in for each other; they are started here, not by the fleet.
 */
public final class RedisGroup implements Engine {
  private static final String PARTITIONS = "8";

  /** What services on a cluster are told: more partitions than masters, so that each has some. */
  static final Map<String, String> SPREAD = Map.of("STINT_PARTITIONS", PARTITIONS);

  private final TestRedis redis;
  private final Runnable kill;
  private final Map<String, String> env;

  private RedisGroup(TestRedis redis, Runnable kill, Map<String, String> env) {
    this.redis = redis;
    this.kill = kill;
    this.env = env;
  }

  /** A master, two replicas, three sentinels. */
  public static RedisGroup sentinels() {
    var sentinels = RedisSentinels.start();
    return new RedisGroup(sentinels, sentinels::killMaster, Map.of());
  }

  /** Three masters, each with a replica, and {@value #PARTITIONS} partitions. */
  public static RedisGroup cluster() {
    var cluster = RedisCluster.start(3, true);
    return new RedisGroup(cluster, cluster::killMaster, SPREAD);
  }

  /** Ends a master by SIGKILL. */
  public void killMaster() {
    kill.run();
  }

  @Override
  public String url() {
    return redis.url();
  }

  @Override
  public List<Launch> launches() {
    return List.of();
  }

  @Override
  public Map<String, String> env() {
    return env;
  }

  @Override
  public void close() {
    redis.close();
  }
}
