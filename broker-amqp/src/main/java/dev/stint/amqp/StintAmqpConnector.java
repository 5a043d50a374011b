package dev.stint.amqp;

import static io.smallrye.reactive.messaging.annotations.ConnectorAttribute.Direction.INCOMING_AND_OUTGOING;
import static io.smallrye.reactive.messaging.annotations.ConnectorAttribute.Direction.OUTGOING;

import io.smallrye.reactive.messaging.annotations.ConnectorAttribute;
import io.smallrye.reactive.messaging.connector.InboundConnector;
import io.smallrye.reactive.messaging.connector.OutboundConnector;
import io.smallrye.reactive.messaging.health.HealthReport;
import io.smallrye.reactive.messaging.health.HealthReporter;
import io.vertx.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.spi.Connector;

/**
 * SmallRye connector {@code stint-amqp} for AMQP 1.0. All channels that name the same {@code url}
 * share one connection, and have to agree on its attributes.
 *
 * <p>Incoming: demand is link credit, see {@link CreditSubscription}; payloads are {@code byte[]},
 * metadata is {@link IncomingAmqp}; {@code ack} accepts a message, {@code nack} gives it back as
 * its {@link Settlement} metadata says. Outgoing: payloads are {@code byte[]} or {@code String},
 * metadata is {@link OutgoingAmqp}; a message is acked when the broker has accepted it and nacked
 * with a {@link SendFailedException} otherwise, and never sent twice.
 *
 * <p>Durations are written like {@code 500ms}, {@code 30s} or {@code PT30S}.
 */
@ApplicationScoped
@Connector(StintAmqpConnector.NAME)
@ConnectorAttribute(
    name = "url",
    type = "string",
    direction = INCOMING_AND_OUTGOING,
    defaultValue = BrokerSettings.DEFAULT_URL,
    description =
        "amqp[s]://user:password@host:port[/vhost]; several, separated by commas, are tried in turn")
@ConnectorAttribute(
    name = "kind",
    type = "string",
    direction = INCOMING_AND_OUTGOING,
    defaultValue = "artemis",
    description = "artemis or rabbitmq: form of addresses and making of queues")
@ConnectorAttribute(
    name = "ca-file",
    type = "string",
    direction = INCOMING_AND_OUTGOING,
    description = "PEM file of the authorities trusted with amqps; default: those of the JVM")
@ConnectorAttribute(
    name = "address",
    type = "string",
    direction = INCOMING_AND_OUTGOING,
    description =
        "Name of the queue; default: the channel's. Outgoing messages may name another one")
@ConnectorAttribute(
    name = "container-id",
    type = "string",
    direction = INCOMING_AND_OUTGOING,
    description = "What the broker calls this process; default: stint-HOST-PID")
@ConnectorAttribute(
    name = "reconnect-min",
    type = "duration",
    direction = INCOMING_AND_OUTGOING,
    defaultValue = "50ms",
    description = "Wait before the first try after a loss; doubles, less up to a half at random")
@ConnectorAttribute(
    name = "reconnect-max",
    type = "duration",
    direction = INCOMING_AND_OUTGOING,
    defaultValue = "5s",
    description = "Longest wait between two tries; there is no end of tries")
@ConnectorAttribute(
    name = "heartbeat",
    type = "duration",
    direction = INCOMING_AND_OUTGOING,
    defaultValue = "10s",
    description = "Longest silence of the broker before the connection counts as lost")
@ConnectorAttribute(
    name = "confirm-timeout",
    type = "duration",
    direction = INCOMING_AND_OUTGOING,
    defaultValue = "5s",
    description = "Longest wait for the confirmation of a message, from the call on")
@ConnectorAttribute(
    name = "max-inflight",
    type = "int",
    direction = OUTGOING,
    defaultValue = "1024",
    description = "Most messages of the channel that wait for their confirmation at once")
public class StintAmqpConnector implements InboundConnector, OutboundConnector, HealthReporter {
  public static final String NAME = "stint-amqp";

  private static final int DEFAULT_MAX_INFLIGHT = 1024;
  private static final long CLOSE_SECONDS = 2;

  private final Vertx vertx;
  private final Map<List<BrokerUrl>, Shared> connections = new HashMap<>();
  private final Map<String, AmqpConnection> channels = new ConcurrentHashMap<>();

  @Inject
  public StintAmqpConnector(Vertx vertx) {
    this.vertx = vertx;
  }

  /**
   * The connection of a channel, to publish or to subscribe with directly.
   *
   * @throws IllegalArgumentException if an attribute is wrong, or differs from what another channel
   *     said of the same connection
   */
  public synchronized AmqpConnection connection(Config config) {
    var settings = BrokerSettings.of(config);
    var shared =
        connections.computeIfAbsent(
            settings.urls(), _ -> new Shared(settings, AmqpConnection.open(vertx, settings)));
    if (!shared.settings().equals(settings)) {
      throw new IllegalArgumentException(
          "channels with url "
              + settings.urls()
              + " must have the same connection attributes: "
              + shared.settings()
              + " and "
              + settings);
    }
    return shared.connection();
  }

  @Override
  public Flow.Publisher<Message<byte[]>> getPublisher(Config config) {
    return register(config).receive(address(config));
  }

  @Override
  public Flow.Subscriber<Message<?>> getSubscriber(Config config) {
    var subscriber =
        new ConfirmingSubscriber(register(config).sender(), address(config), maxInflight(config));
    return subscriber;
  }

  private AmqpConnection register(Config config) {
    var connection = connection(config);
    channels.put(channel(config).orElse("?"), connection);
    return connection;
  }

  private static Optional<String> channel(Config config) {
    return config.getOptionalValue(CHANNEL_NAME_ATTRIBUTE, String.class);
  }

  private static String address(Config config) {
    return config
        .getOptionalValue("address", String.class)
        .or(() -> channel(config))
        .orElseThrow(() -> new IllegalArgumentException("attribute address is missing"));
  }

  private static int maxInflight(Config config) {
    var text = config.getOptionalValue("max-inflight", String.class);
    try {
      int number = text.map(Integer::parseInt).orElse(DEFAULT_MAX_INFLIGHT);
      if (number >= 1) {
        return number;
      }
    } catch (NumberFormatException _) {
      // Said below.
    }
    throw new IllegalArgumentException(
        "attribute max-inflight must be a number of at least 1, not " + text.orElse(""));
  }

  /** A channel is ready while its connection stands. */
  @Override
  public HealthReport getReadiness() {
    var report = HealthReport.builder();
    channels.forEach((channel, connection) -> report.add(channel, connection.isConnected()));
    return report.build();
  }

  /** Always: a broker that is away is no reason to restart this process. */
  @Override
  public HealthReport getLiveness() {
    var report = HealthReport.builder();
    channels.keySet().forEach(channel -> report.add(channel, true));
    return report.build();
  }

  /** Closes all connections, each with its goodbye. */
  @PreDestroy
  synchronized void close() {
    var closing =
        connections.values().stream()
            .map(shared -> shared.connection().close().toCompletableFuture())
            .toArray(CompletableFuture<?>[]::new);
    connections.clear();
    CompletableFuture.allOf(closing)
        .completeOnTimeout(null, CLOSE_SECONDS, TimeUnit.SECONDS)
        .join();
  }

  private record Shared(BrokerSettings settings, AmqpConnection connection) {}
}
