package dev.stint.redis;

import java.net.URI;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a URL that says where Redis is; its forms are in {@link RedisSettings}.
 *
 * @param tls whether all connections are encrypted
 * @param access user and password as they stand in the URL, with the {@code @} after them; or empty
 * @param addresses of the server; of sentinels; of some nodes of a cluster
 * @param database with the slash before it; or empty
 * @param master the name that the sentinels know it by; empty without sentinels
 * @param sentinelAccess the same as access, for the sentinels themselves
 */
record RedisUrl(
    Kind kind,
    boolean tls,
    String access,
    List<Address> addresses,
    String database,
    String master,
    String sentinelAccess) {
  /** What is behind the URL. */
  enum Kind {
    SINGLE(6379, ""),
    SENTINEL(26379, "-sentinel"),
    CLUSTER(6379, "-cluster");

    private final int port;
    private final String suffix;

    Kind(int port, String suffix) {
      this.port = port;
      this.suffix = suffix;
    }
  }

  private static final String FORMS =
      "url must be redis://host:port, redis-sentinel://host:port,host:port?master=NAME or"
          + " redis-cluster://host:port,host:port; with rediss for TLS";
  private static final Pattern URL =
      Pattern.compile(
          "redis(s?)(|-sentinel|-cluster)://([^/?#\\s]+)(/[^?#\\s]*)?(?:\\?([^#\\s]*))?");
  private static final List<String> PARAMETERS =
      List.of("master", "sentinelUser", "sentinelPassword");

  /**
   * @throws IllegalArgumentException with the rule that is broken, and nothing of the URL, which
   *     may hold a password
   */
  static RedisUrl parse(String text) {
    var url = URL.matcher(text);
    check(url.matches(), FORMS);
    var kind = kind(url.group(2));
    var authority = url.group(3);
    int at = authority.lastIndexOf('@');
    var hosts = authority.substring(at + 1).split(",", -1);
    check(
        kind != Kind.SINGLE || hosts.length == 1,
        "url must name one host, or begin with redis-sentinel:// or redis-cluster://");
    var addresses = Arrays.stream(hosts).map(host -> Address.parse(host, kind.port)).toList();
    var parameters = parameters(kind, url.group(5));
    return checked(
        new RedisUrl(
            kind,
            !url.group(1).isEmpty(),
            authority.substring(0, at + 1),
            addresses,
            database(kind, url.group(4)),
            parameters.getOrDefault("master", ""),
            sentinelAccess(parameters)));
  }

  /** The URL of one server that has the jobs. */
  String of(Address address) {
    return scheme() + access + address + database;
  }

  /** The URL of one sentinel. */
  String ofSentinel(Address address) {
    return scheme() + sentinelAccess + address;
  }

  /** The whole, without users and passwords. */
  @Override
  public String toString() {
    var hosts = String.join(",", addresses.stream().map(Address::toString).toList());
    return "redis"
        + (tls ? "s" : "")
        + kind.suffix
        + "://"
        + hosts
        + database
        + (master.isEmpty() ? "" : "?master=" + master);
  }

  private String scheme() {
    return tls ? "rediss://" : "redis://";
  }

  /** The client reads it again; what it would not take is better refused here. */
  private static RedisUrl checked(RedisUrl url) {
    try {
      url.addresses.forEach(address -> {
        URI.create(url.of(address));
        URI.create(url.ofSentinel(address));
      });
      return url;
    } catch (IllegalArgumentException _) {
      throw new IllegalArgumentException(
          "url must have special characters of users and passwords percent-encoded");
    }
  }

  private static Kind kind(String suffix) {
    return Arrays.stream(Kind.values())
        .filter(kind -> kind.suffix.equals(suffix))
        .findFirst()
        .orElseThrow();
  }

  private static String database(Kind kind, @Nullable String path) {
    var database = path == null || path.equals("/") ? "" : path;
    check(database.matches("|/\\d{1,9}"), "url must have a number as its database");
    check(
        kind != Kind.CLUSTER || database.isEmpty(),
        "url must not name a database with redis-cluster://, a cluster has only one");
    return database;
  }

  private static Map<String, String> parameters(Kind kind, @Nullable String query) {
    var parameters = new HashMap<String, String>();
    check(
        query == null || kind == Kind.SENTINEL,
        "url must not have parameters, but for redis-sentinel://");
    for (var part : query == null ? new String[0] : query.split("&", -1)) {
      int equals = part.indexOf('=');
      var name = equals < 0 ? part : part.substring(0, equals);
      check(
          equals >= 0 && PARAMETERS.contains(name),
          "url must have no parameters but " + String.join(", ", PARAMETERS));
      parameters.put(name, part.substring(equals + 1));
    }
    check(
        kind != Kind.SENTINEL || parameters.getOrDefault("master", "").matches("[\\w.-]+"),
        "url must name the master as the sentinels do, redis-sentinel://host:port?master=NAME");
    return parameters;
  }

  private static String sentinelAccess(Map<String, String> parameters) {
    var user = parameters.getOrDefault("sentinelUser", "");
    var password = parameters.getOrDefault("sentinelPassword", "");
    check(
        user.isEmpty() || !password.isEmpty(),
        "url must have sentinelPassword where it has sentinelUser");
    return password.isEmpty() ? "" : user + ":" + password + "@";
  }

  private static void check(boolean holds, String rule) {
    if (!holds) {
      throw new IllegalArgumentException(rule);
    }
  }
}
