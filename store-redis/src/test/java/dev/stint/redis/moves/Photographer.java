package dev.stint.redis.moves;

import dev.stint.job.Job;
import dev.stint.job.JobFilter;
import dev.stint.job.JobId;
import dev.stint.redis.RedisProcess;
import dev.stint.redis.RedisStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Makes pictures of a store with one partition: the jobs are read as clients read them, all else is
 * what stands in Redis. A key that does not belong there is an error.
 */
final class Photographer {
  private static final String PARTITION = "stint:{p000}:";
  private static final String ALL =
      """
      local all = {}
      for _, key in ipairs(redis.call('KEYS', '*')) do
        local kind = redis.call('TYPE', key).ok
        local content
        if kind == 'hash' then
          content = redis.call('HGETALL', key)
        elseif kind == 'zset' then
          content = redis.call('ZRANGE', key, 0, -1, 'WITHSCORES')
        elseif kind == 'set' then
          content = redis.call('SMEMBERS', key)
        elseif kind == 'list' then
          content = redis.call('LRANGE', key, 0, -1)
        else
          content = {redis.call('GET', key)}
        end
        all[#all + 1] = key
        all[#all + 1] = content
      end
      return all
      """;

  private final RedisProcess redis;
  private final RedisStore store;

  Photographer(RedisProcess redis, RedisStore store) {
    this.redis = redis;
    this.store = store;
  }

  Picture picture() {
    var keys = keys();
    var records = under(keys, "job:", Photographer::pairs);
    var logs = under(keys, "log:", Function.identity());
    var jobs =
        store.queries().list(JobFilter.ALL, 1_000, null).jobs().stream()
            .collect(Collectors.toMap(job -> job.spec().id().value(), Function.identity()));
    var kept = new TreeMap<String, Picture.Kept>();
    records.forEach((id, fields) ->
        kept.put(id, kept(jobs.remove(id), fields, logs.getOrDefault(id, List.of()))));
    jobs.keySet().forEach(id -> keys.put("a job without a record: " + id, List.of()));
    var picture =
        new Picture(
            kept,
            under(keys, "ix:", content -> new TreeSet<>(pairs(content).keySet())),
            agendas(keys),
            Set.copyOf(taken(keys, "cancels")),
            numbers(taken(keys, "totals")),
            Set.copyOf(taken(keys, "lanes")),
            under(keys, "idem:", List::getFirst).values().stream().sorted().toList());
    if (!keys.isEmpty()) {
      throw new AssertionError("these do not belong in Redis: " + keys);
    }
    return picture;
  }

  /** The results of the jobs that have one, by id. */
  Map<String, String> results() {
    var results = new HashMap<String, String>();
    under(keys(), "job:", Photographer::pairs)
        .forEach((id, fields) -> {
          if (fields.containsKey("result")) {
            results.put(id, fields.get("state") + " " + fields.get("result"));
          }
        });
    return results;
  }

  /** Waits until all calls about a job are done that this thread has made. */
  void awaitCallsOf(JobId id) {
    store.queries().find(id);
  }

  /** What is in Redis, to be compared as it is. */
  Map<String, List<String>> keys() {
    var all = (List<?>) redis.command("EVAL", ALL, 0);
    var keys = new TreeMap<String, List<String>>();
    for (int i = 0; i < all.size(); i += 2) {
      var content = ((List<?>) all.get(i + 1)).stream().map(String::valueOf);
      keys.put(
          all.get(i).toString(),
          all.get(i).toString().endsWith("lanes") || all.get(i).toString().endsWith("cancels")
              ? content.sorted().toList()
              : content.toList());
    }
    return keys;
  }

  private static Picture.Kept kept(Job job, Map<String, String> fields, List<String> log) {
    return new Picture.Kept(
        job,
        Long.parseLong(fields.get("token")),
        Long.parseLong(fields.get("ticket")),
        fields.get("result"),
        log);
  }

  private static Map<String, Map<String, Long>> agendas(Map<String, List<String>> keys) {
    var agendas = new HashMap<String, Map<String, Long>>();
    for (String name : List.of("due", "ended", "outbox")) {
      agendas.put(name, numbers(taken(keys, name)));
    }
    return agendas;
  }

  /** Takes out the keys that begin so, by the rest of their names. */
  private static <T> Map<String, T> under(
      Map<String, List<String>> keys, String name, Function<List<String>, T> reader) {
    var found = new TreeMap<String, T>();
    keys.forEach((key, content) -> {
      if (key.startsWith(PARTITION + name)) {
        found.put(key.substring(PARTITION.length() + name.length()), reader.apply(content));
      }
    });
    keys.keySet().removeIf(key -> key.startsWith(PARTITION + name));
    return found;
  }

  private static List<String> taken(Map<String, List<String>> keys, String name) {
    var content = keys.remove(PARTITION + name);
    return content == null ? List.of() : content;
  }

  private static Map<String, String> pairs(List<String> content) {
    var pairs = new HashMap<String, String>();
    for (int i = 0; i < content.size(); i += 2) {
      pairs.put(content.get(i), content.get(i + 1));
    }
    return pairs;
  }

  private static Map<String, Long> numbers(List<String> content) {
    return pairs(content).entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> Long.valueOf(entry.getValue())));
  }
}
