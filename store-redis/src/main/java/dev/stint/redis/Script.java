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
 * uses. Every script has one key, the partition {@code P} that all its real keys begin with.
 *
 * <p>A script that fails says so in a list, not as an error reply. So an error reply always means
 * that the script has not run at all, and may be sent again.
 */
enum Script {
  SUBMIT("create"),
  RESTORE("create"),
  PROMOTE("reindex", "queue"),
  CLAIM("reindex", "finish", "heed", "noted", "tail"),
  COMPLETE("reindex", "finish", "heed"),
  RETRY_LATER("reindex", "finish", "heed", "noted"),
  GIVE_UP("reindex", "finish", "heed", "noted", "tail"),
  GIVE_BACK("reindex", "finish", "heed"),
  CANCEL("reindex", "finish", "heed"),
  REQUEUE("reindex", "queue"),
  RESCUE("reindex", "finish", "heed", "noted", "tail", "queue"),
  SURVEY_QUEUED("page"),
  SURVEY_RUNNING("page"),
  OUTBOX_OVERDUE,
  PRUNE,
  PROGRESS,
  LOG,
  WORKER_BEAT,
  WORKER_REMOVE("forget"),
  WORKER_DRAIN,
  WORKER_REAP("forget"),
  WORKER_REJECT;

  private static final byte[] ONE_KEY = {'1'};
  private static final String UNKNOWN = "NOSCRIPT";
  private static final String HEAD =
      """
      local P = KEYS[1]
      local done, answer = pcall(function()
      """;
  private static final String TAIL =
      """
      end)
      if done then
        return answer
      end
      return {redis.error_reply(type(answer) == 'table' and answer.err or answer)}
      """;

  private final String source;
  private final byte[] digest;

  Script(String... parts) {
    var text = new StringBuilder(HEAD);
    for (String part : parts) {
      text.append(resource("part/" + part));
    }
    source = text.append(resource(name().toLowerCase(Locale.ROOT))).append(TAIL).toString();
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

  /** Whether a call failed just because the server has lost its scripts. */
  static boolean isUnknown(Call call, Throwable cause) {
    return call.isScript() && String.valueOf(cause.getMessage()).startsWith(UNKNOWN);
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
