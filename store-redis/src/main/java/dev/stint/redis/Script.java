package dev.stint.redis;

import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The Lua scripts under {@code redis/}, each with the functions under {@code redis/part/} that it
 * uses. Every script has one key, the partition that all its real keys begin with.
 */
enum Script {
  SUBMIT("create"),
  RESTORE("create"),
  PROMOTE("reindex", "queue"),
  CLAIM("reindex", "finish", "heed", "noted"),
  COMPLETE("reindex", "finish", "heed"),
  RETRY_LATER("reindex", "finish", "heed", "noted"),
  GIVE_UP("reindex", "finish", "heed", "noted"),
  GIVE_BACK("reindex", "finish", "heed"),
  CANCEL("reindex", "finish", "heed"),
  REQUEUE("reindex", "queue"),
  OUTBOX_OVERDUE,
  PRUNE,
  PROGRESS,
  LOG,
  WORKER_BEAT,
  WORKER_REMOVE("forget"),
  WORKER_DRAIN,
  WORKER_REAP("forget");

  private static final byte[] ONE_KEY = {'1'};

  private final String source;
  private final byte[] digest;

  Script(String... parts) {
    var text = new StringBuilder("local P = KEYS[1]\n");
    for (String part : parts) {
      text.append(resource("part/" + part));
    }
    source = text.append(resource(name().toLowerCase(Locale.ROOT))).toString();
    digest = Digest.sha1(source).getBytes(StandardCharsets.US_ASCII);
  }

  /** A call in a partition; the arguments are to be added. */
  Request in(String partition) {
    return Request.cmd(Command.EVALSHA).arg(digest).arg(ONE_KEY).arg(partition);
  }

  /** Makes all scripts known to a server. */
  static List<Request> load() {
    return Arrays.stream(values())
        .map(script -> Request.cmd(Command.SCRIPT).arg("LOAD").arg(script.source))
        .toList();
  }

  private static String resource(String name) {
    try (var in = Script.class.getResourceAsStream("/redis/" + name + ".lua")) {
      if (in == null) {
        throw new IllegalStateException("script " + name + " is not in the archive");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
