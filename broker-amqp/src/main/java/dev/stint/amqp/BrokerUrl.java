package dev.stint.amqp;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a broker listens: {@code amqp://user:password@host:port/vhost} or {@code amqps://...}. The
 * ports are 5672 and 5671 if none is given; user, password and virtual host are percent-decoded.
 *
 * @param user absent: anonymous
 * @param vhost a part of a RabbitMQ that is a broker of its own; absent: the default one
 */
public record BrokerUrl(
    boolean tls,
    String host,
    int port,
    @Nullable String user,
    @Nullable String password,
    @Nullable String vhost) {
  private static final int PORT = 5672;
  private static final int TLS_PORT = 5671;
  private static final int MAX_PORT = 65_535;

  /**
   * Reads a comma separated list.
   *
   * @throws IllegalArgumentException if one of them is no such URL
   */
  public static List<BrokerUrl> list(String text) {
    return Arrays.stream(text.split(",", -1)).map(String::strip).map(BrokerUrl::parse).toList();
  }

  static BrokerUrl parse(String text) {
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException e) {
      // Its message would repeat the text, and with it the password.
      throw new IllegalArgumentException("url is not a URL: " + e.getReason(), null);
    }
    boolean tls = "amqps".equalsIgnoreCase(uri.getScheme());
    if (!tls && !"amqp".equalsIgnoreCase(uri.getScheme()) || uri.getHost() == null) {
      throw new IllegalArgumentException(
          "url must look like amqp://host:port or amqps://host:port");
    }
    int port = uri.getPort() >= 0 ? uri.getPort() : tls ? TLS_PORT : PORT;
    if (port < 1 || port > MAX_PORT) {
      throw new IllegalArgumentException("the port of a url must be 1 to 65535, not " + port);
    }
    var login = uri.getRawUserInfo() == null ? new String[0] : uri.getRawUserInfo().split(":", 2);
    return new BrokerUrl(
        tls, uri.getHost(), port, part(login, 0), part(login, 1), vhost(uri.getRawPath()));
  }

  private static @Nullable String vhost(String path) {
    return path.length() > 1 ? decoded(path.substring(1)) : null;
  }

  private static @Nullable String part(String[] login, int index) {
    return index < login.length ? decoded(login[index]) : null;
  }

  private static String decoded(String text) {
    // A plus sign is itself there; URLDecoder would make it a blank.
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  /** What the open frame names: the host, or in RabbitMQ's form a virtual host. */
  String hostname() {
    return vhost == null ? host : "vhost:" + vhost;
  }

  /** Without user and password, so that it can be logged. */
  @Override
  public String toString() {
    return (tls ? "amqps://" : "amqp://") + host + ":" + port + (vhost == null ? "" : "/" + vhost);
  }
}
