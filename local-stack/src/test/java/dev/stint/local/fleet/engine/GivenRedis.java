package dev.stint.local.fleet.engine;

import dev.stint.local.process.Complaint;
import dev.stint.local.process.Launch;
import dev.stint.redis.GivenKeys;
import java.util.List;
import java.util.Map;

/**
 * A Redis that is there already, for this fleet alone: one server, the master that sentinels name,
 * or a cluster. It must have no key of Stint at the start, and has none at the end.
 */
final class GivenRedis implements Engine {
  private final String url;
  private final GivenKeys keys;

  /**
   * @throws Complaint if it is of no use for tests
   */
  GivenRedis(String url) throws Exception {
    this.url = url;
    keys = keys(url);
    if (keys.any()) {
      keys.close();
      throw new Complaint(
          "the Redis at "
              + keys
              + " has jobs of Stint, which a test would destroy: give one without keys "
              + GivenKeys.PATTERN);
    }
  }

  private static GivenKeys keys(String url) {
    try {
      return GivenKeys.at(url);
    } catch (IllegalArgumentException e) {
      throw new Complaint("stint.test.redis: " + e.getMessage());
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
    return keys.isOneServer() ? Map.of() : RedisGroup.SPREAD;
  }

  @Override
  public void close() throws Exception {
    try (keys) {
      keys.remove();
    }
  }
}
