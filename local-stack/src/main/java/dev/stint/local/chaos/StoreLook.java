package dev.stint.local.chaos;

import dev.stint.local.engine.RedisConnection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is in Redis, every key of it.
 *
 * @param keys all names
 * @param members of the sets and sorted sets and hashes that are not records, by key
 */
record StoreLook(Set<String> keys, Map<String, List<String>> members) {
  private static final int TIMES = 1_000;

  StoreLook {
    keys = Set.copyOf(keys);
    members = Map.copyOf(members);
  }

  static StoreLook at(int port) throws IOException {
    try (var redis = new RedisConnection("127.0.0.1", port)) {
      var keys = new TreeSet<String>();
      var cursor = "0";
      do {
        var found = redis.list("SCAN " + cursor + " COUNT " + TIMES);
        cursor = found.getFirst();
        keys.addAll(found.subList(1, found.size()));
      } while (!cursor.equals("0"));
      var members = new HashMap<String, List<String>>();
      for (var key : keys) {
        members.put(key, members(redis, key));
      }
      return new StoreLook(keys, members);
    }
  }

  /** Members of all partitions' keys of this name. */
  List<String> all(String name) {
    var all = new ArrayList<String>();
    members.forEach((key, values) -> {
      if (key.endsWith("}:" + name)) {
        all.addAll(values);
      }
    });
    return all;
  }

  private static List<String> members(RedisConnection redis, String key) throws IOException {
    if (key.contains("}:job:")) {
      return List.of();
    }
    return switch (redis.call("TYPE " + key)) {
      case "set" -> redis.list("SMEMBERS " + key);
      case "zset" -> redis.list("ZRANGE " + key + " 0 -1");
      case "hash" -> redis.list("HKEYS " + key);
      default -> List.of();
    };
  }
}
