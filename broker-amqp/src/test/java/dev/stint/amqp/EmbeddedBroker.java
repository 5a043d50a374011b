package dev.stint.amqp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.Queue;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;

/**
 * A real Artemis for tests: journal in a folder of its own, AMQP on a free port of 127.0.0.1,
 * queues made on demand, dead messages to {@link Lanes#DEAD_LETTERS} after {@value #MAX_DELIVERIES}
 * deliveries. It can be stopped and started again with the same port and data.
 */
public final class EmbeddedBroker implements AutoCloseable {
  /** Deliveries after which a message is dead. */
  public static final int MAX_DELIVERIES = 3;

  /** Queues whose names begin so are not made on demand. */
  public static final String NOT_MADE = "not-made.";

  /** Queues whose names begin so take {@value #FULL_AT} messages, and then give no more credit. */
  public static final String BOUNDED = "bounded.";

  static final int FULL_AT = 10;

  private final Path data;
  private final int port;
  private final String tls;
  private EmbeddedActiveMQ broker;

  private EmbeddedBroker(Path data, int port, String tls) {
    this.data = data;
    this.port = port;
    this.tls = tls;
  }

  /** A new broker, running. */
  public static EmbeddedBroker create() {
    var broker = prepare();
    broker.start();
    return broker;
  }

  /** A new broker, running, that wants TLS and shows the certificate in a PKCS#12 file. */
  public static EmbeddedBroker createWithTls(Path keyStore, String password) {
    var tls = ";sslEnabled=true;keyStorePath=" + keyStore + ";keyStorePassword=" + password;
    var broker = prepare(tls + ";keyStoreType=PKCS12");
    broker.start();
    return broker;
  }

  /** A new broker that is not started yet, but has its port. */
  public static EmbeddedBroker prepare() {
    return prepare("");
  }

  private static EmbeddedBroker prepare(String tls) {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return new EmbeddedBroker(Files.createTempDirectory("artemis"), socket.getLocalPort(), tls);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public String url() {
    return (tls.isEmpty() ? "amqp" : "amqps") + "://127.0.0.1:" + port;
  }

  public int port() {
    return port;
  }

  public void start() {
    try {
      broker = new EmbeddedActiveMQ();
      broker.setConfiguration(configuration());
      broker.start();
    } catch (Exception e) {
      throw new IllegalStateException("the broker does not start", e);
    }
  }

  private ConfigurationImpl configuration() throws Exception {
    var configuration = new ConfigurationImpl();
    configuration.setName("test-" + port);
    configuration.setSecurityEnabled(false);
    configuration.setJMXManagementEnabled(false);
    configuration.setJournalType(JournalType.NIO);
    configuration.setJournalDirectory(data.resolve("journal").toString());
    configuration.setBindingsDirectory(data.resolve("bindings").toString());
    configuration.setPagingDirectory(data.resolve("paging").toString());
    configuration.setLargeMessagesDirectory(data.resolve("large").toString());
    configuration.setJournalFileSize(1024 * 1024);
    configuration.addAcceptorConfiguration(
        "amqp", "tcp://127.0.0.1:" + port + "?protocols=AMQP" + tls);
    configuration.addAddressSetting("#", settings());
    configuration.addAddressSetting(
        NOT_MADE + "#", settings().setAutoCreateAddresses(false).setAutoCreateQueues(false));
    configuration.addAddressSetting(
        BOUNDED + "#",
        settings()
            .setMaxSizeMessages(FULL_AT)
            .setAddressFullMessagePolicy(AddressFullMessagePolicy.BLOCK));
    return configuration;
  }

  private static AddressSettings settings() {
    return new AddressSettings()
        .setDefaultAddressRoutingType(RoutingType.ANYCAST)
        .setDefaultQueueRoutingType(RoutingType.ANYCAST)
        .setAutoDeleteQueues(false)
        .setAutoDeleteAddresses(false)
        .setDeadLetterAddress(SimpleString.of(Lanes.DEAD_LETTERS))
        .setMaxDeliveryAttempts(MAX_DELIVERIES)
        .setRedeliveryDelay(0);
  }

  /** Stops in good order: clients are told. */
  public void stop() {
    try {
      broker.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the broker does not stop", e);
    }
  }

  /** Cuts all connections and stops, so that clients see what they see when a broker is killed. */
  public void stopHard() {
    broker.getActiveMQServer().getRemotingService().pauseAcceptors();
    cutConnections();
    stop();
  }

  /** Cuts all connections, without a word to the clients. */
  public void cutConnections() {
    List.copyOf(broker.getActiveMQServer().getRemotingService().getConnections())
        .forEach(connection -> connection.getTransportConnection().forceClose());
  }

  public int connections() {
    return broker.getActiveMQServer().getRemotingService().getConnections().size();
  }

  /** Connections since the start, those that have gone included. */
  public long connectionsEver() {
    return broker.getActiveMQServer().getRemotingService().getTotalConnectionCount();
  }

  /** Messages in a queue, those that consumers hold included; -1 if there is no such queue. */
  public long messages(String queue) {
    var found = find(queue);
    return found == null ? -1 : found.getMessageCount();
  }

  /** Messages of a queue that consumers hold. */
  public int held(String queue) {
    var found = find(queue);
    return found == null ? -1 : found.getDeliveringCount();
  }

  public int consumers(String queue) {
    var found = find(queue);
    return found == null ? -1 : found.getConsumerCount();
  }

  /** Deletes a queue, with its consumers. */
  public void delete(String queue) {
    try {
      broker.getActiveMQServer().destroyQueue(SimpleString.of(queue), null, false, true, true);
    } catch (Exception e) {
      throw new IllegalStateException("the queue is not deleted", e);
    }
  }

  private Queue find(String queue) {
    return broker.getActiveMQServer().locateQueue(queue);
  }

  /** Stops it and deletes its data. */
  @Override
  public void close() {
    stop();
    try (var files = Files.walk(data)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
