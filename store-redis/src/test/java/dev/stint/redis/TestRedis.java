package dev.stint.redis;

import java.util.List;

/** One or more real servers that together are a Redis, started by a test and ended with it. */
public sealed interface TestRedis extends AutoCloseable
    permits RedisProcess, RedisCluster, RedisSentinels {
  /** How a store finds it. */
  String url();

  /** The servers that take writes now. */
  List<RedisProcess> masters();

  /** Removes all keys. */
  default void empty() {
    masters().forEach(master -> master.command("FLUSHALL"));
  }

  @Override
  void close();
}
