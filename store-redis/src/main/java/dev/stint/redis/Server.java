package dev.stint.redis;

import dev.stint.job.StoreUnavailableException;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What Redis says of itself. */
final class Server {
  private static final Pattern VERSION = Pattern.compile("redis_version:(\\d+)\\.(\\d+)\\S*");
  private static final Pattern EVICTION = Pattern.compile("maxmemory_policy:(\\S+)");
  private static final Logger LOG = System.getLogger(Server.class.getName());

  private final Calls calls;
  private volatile boolean checked;

  Server(Calls calls) {
    this.calls = calls;
  }

  /** Enough that one server answers: of a cluster, the others may be failing over. */
  void ping() {
    var command = Request.cmd(checked ? Command.PING : Command.INFO);
    boolean any = false;
    StoreUnavailableException failure = null;
    for (Call call : calls.sendToEachServer(command)) {
      try {
        var answer = String.valueOf(call.await());
        any = true;
        if (!checked) {
          check(answer);
        }
      } catch (StoreUnavailableException e) {
        failure = e;
      }
    }
    if (!any && failure != null) {
      throw failure;
    }
    checked = true;
  }

  /** Looks at an answer to INFO. */
  static void check(String info) {
    var version = VERSION.matcher(info);
    if (version.find() && isOld(version)) {
      var rule = "Redis 6.2 or newer is needed, this is " + version.group().split(":")[1];
      throw new StoreUnavailableException(rule, new IllegalStateException(rule));
    }
    var eviction = EVICTION.matcher(info);
    if (eviction.find() && !eviction.group(1).equals("noeviction")) {
      LOG.log(
          Level.WARNING,
          "Redis may evict jobs: maxmemory-policy={0}, should be noeviction",
          eviction.group(1));
    }
  }

  private static boolean isOld(Matcher version) {
    int major = Integer.parseInt(version.group(1));
    return major < 6 || major == 6 && Integer.parseInt(version.group(2)) < 2;
  }
}
