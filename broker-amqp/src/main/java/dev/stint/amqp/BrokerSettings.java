package dev.stint.amqp;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.eclipse.microprofile.config.Config;
import org.jspecify.annotations.Nullable;

/**
 * How to reach the broker, and how long to wait for it. One connection has one of these.
 *
 * @param urls tried in turn; all with TLS or all without
 * @param authorities whose signature under the certificate of an {@code amqps} broker is trusted;
 *     absent: those the JVM trusts
 * @param containerId what the broker calls this process
 * @param reconnectMin wait before the first try after the connection was lost
 * @param reconnectMax the wait doubles up to this
 * @param heartbeat longest silence of the broker before the connection counts as lost
 * @param confirmTimeout longest wait for the confirmation of a send, from the call on
 */
public record BrokerSettings(
    List<BrokerUrl> urls,
    BrokerKind kind,
    @Nullable CaFile authorities,
    String containerId,
    Duration reconnectMin,
    Duration reconnectMax,
    Duration heartbeat,
    Duration confirmTimeout) {
  public static final String DEFAULT_URL = "amqp://127.0.0.1:5672";

  private static final Duration SHORTEST = Duration.ofMillis(1);
  private static final Duration LONGEST = Duration.ofDays(1);

  public BrokerSettings {
    urls = List.copyOf(urls);
    if (urls.stream().map(BrokerUrl::tls).distinct().count() != 1) {
      throw new IllegalArgumentException("url must be one or more, all amqp or all amqps");
    }
    if (kind != BrokerKind.RABBITMQ && urls.stream().anyMatch(url -> url.vhost() != null)) {
      throw new IllegalArgumentException(
          "url must end after the port: only RabbitMQ (kind rabbitmq) has virtual hosts");
    }
    if (authorities != null && !urls.getFirst().tls()) {
      throw new IllegalArgumentException("ca-file is of use only with a url that is amqps");
    }
    check("reconnect-min", reconnectMin);
    check("reconnect-max", reconnectMax);
    check("heartbeat", heartbeat);
    check("confirm-timeout", confirmTimeout);
    if (reconnectMax.compareTo(reconnectMin) < 0) {
      throw new IllegalArgumentException("reconnect-max must not be less than reconnect-min");
    }
  }

  /**
   * Reads them from the attributes of a channel; see {@link StintAmqpConnector} for their names and
   * defaults.
   *
   * @throws IllegalArgumentException naming the attribute that is wrong
   */
  public static BrokerSettings of(Config config) {
    return new BrokerSettings(
        read(config, "url", DEFAULT_URL, BrokerUrl::list),
        read(config, "kind", "artemis", BrokerSettings::kind),
        authorities(config),
        read(config, "container-id", ownName(), id -> id),
        read(config, "reconnect-min", "50ms", DurationText::parse),
        read(config, "reconnect-max", "5s", DurationText::parse),
        read(config, "heartbeat", "10s", DurationText::parse),
        read(config, "confirm-timeout", "5s", DurationText::parse));
  }

  /** In containers every process has the same number: the host's name tells them apart. */
  private static String ownName() {
    long pid = ProcessHandle.current().pid();
    try {
      return "stint-" + InetAddress.getLocalHost().getHostName() + "-" + pid;
    } catch (UnknownHostException e) {
      return "stint-" + pid;
    }
  }

  private static <T> T read(
      Config config, String name, String otherwise, Function<String, T> parser) {
    var text = config.getOptionalValue(name, String.class).orElse(otherwise);
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("attribute " + name + ": " + e.getMessage(), e);
    }
  }

  private static @Nullable CaFile authorities(Config config) {
    if (config.getOptionalValue("ca-file", String.class).isEmpty()) {
      return null;
    }
    return read(config, "ca-file", "", CaFile::read);
  }

  private static BrokerKind kind(String text) {
    return switch (text) {
      case "artemis" -> BrokerKind.ARTEMIS;
      case "rabbitmq" -> BrokerKind.RABBITMQ;
      default ->
          throw new IllegalArgumentException("must be artemis or rabbitmq, not \"" + text + "\"");
    };
  }

  private static void check(String name, Duration duration) {
    if (duration.compareTo(SHORTEST) < 0 || duration.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(name + " must be 1 ms to 1 day, not " + duration);
    }
  }
}
