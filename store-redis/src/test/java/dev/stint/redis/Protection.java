package dev.stint.redis;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What keeps strangers from the servers of a test. Beside the user that the store has, who may do
 * what docs/redis.md asks for and no more, there is the default user, by whom the servers know each
 * other.
 *
 * @param password of the store's user and of the default one; empty for neither
 * @param sentinelPassword the same for sentinels
 * @param certificate with which all connections are encrypted; null for none
 */
record Protection(String password, String sentinelPassword, @Nullable Certificate certificate) {
  static final Protection NONE = new Protection("", "", null);

  private static final String USER = "stint";

  /** The beginning of a URL, up to where hosts follow. */
  String scheme(String suffix) {
    var access = password.isEmpty() ? "" : USER + ":" + encoded(password) + "@";
    return "redis" + (certificate == null ? "" : "s") + suffix + "://" + access;
  }

  /** Parameters of a URL, to go on with. */
  String sentinelAccess() {
    return sentinelPassword.isEmpty()
        ? ""
        : "&sentinelUser=" + USER + "&sentinelPassword=" + encoded(sentinelPassword);
  }

  /** Of a server with jobs, on its command line. */
  List<String> options(int port) {
    return (port(port) + access())
        .lines()
        .flatMap(line -> Stream.of(("--" + line).split(" ")))
        .toList();
  }

  /** Of a sentinel, in its file. */
  String sentinelConfiguration(int port, String master) {
    var lines = port(port);
    if (!password.isEmpty()) {
      lines += "sentinel auth-pass %s %s\n".formatted(master, password);
    }
    if (!sentinelPassword.isEmpty()) {
      lines +=
          """
          requirepass %1$s
          sentinel sentinel-pass %1$s
          user %2$s on >%1$s +sentinel|get-master-addr-by-name
          """
              .formatted(sentinelPassword, USER);
    }
    return lines;
  }

  private String port(int port) {
    if (certificate == null) {
      return "port " + port + "\n";
    }
    return """
    port 0
    tls-port %d
    tls-cert-file %s
    tls-key-file %s
    tls-ca-cert-file %s
    tls-auth-clients no
    tls-replication yes
    """
        .formatted(port, certificate.chain(), certificate.key(), certificate.authority());
  }

  /** The rights are those of docs/redis.md. */
  private String access() {
    return password.isEmpty()
        ? ""
        : """
        requirepass %1$s
        masterauth %1$s
        user %2$s on >%1$s ~stint:* +@read +@write +evalsha +script|load +ping +info +role \
        +cluster|slots +asking
        """
            .formatted(password, USER);
  }

  private static String encoded(String password) {
    return URLEncoder.encode(password, StandardCharsets.UTF_8);
  }
}
