package dev.stint.local.broker;

import java.nio.file.Path;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.CoreAddressConfiguration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;

/**
 * Artemis as Stint wants it: durable, one protocol, queues made as lanes are used, nothing counted
 * or scanned that nobody looks at.
 */
final class BrokerConfiguration {
  /** Where rejected and expired messages go, of every lane. Without it Artemis drops them. */
  static final String DEAD = "stint.dead";

  /**
   * Writes wait this long for others to share their flush to disk. Artemis' own value for NIO is
   * 3.3 ms, which is the latency of a lone send then.
   */
  private static final int FLUSH_NANOS = 500_000;

  private BrokerConfiguration() {}

  static Configuration of(Path directory, int port) throws Exception {
    var config = new ConfigurationImpl();
    keepOnDisk(config, directory);
    runNothingElse(config);
    config.addAcceptorConfiguration("amqp", acceptor(port));
    config.addAddressSetting("#", lanes());
    config.addAddressConfiguration(dead());
    return config;
  }

  /** Only this machine reaches it, so nobody has to log in. */
  private static String acceptor(int port) {
    return "tcp://127.0.0.1:"
        + port
        + "?protocols=AMQP;tcpNoDelay=true;remotingThreads=2;amqpCredits=1000;amqpLowCredits=300"
        + ";amqpDuplicateDetection=false"
        // A worker that hangs is noticed after this, not after a minute.
        + ";amqpIdleTimeout=10000";
  }

  private static void keepOnDisk(Configuration config, Path directory) {
    config
        .setPersistenceEnabled(true)
        .setJournalDirectory(directory.resolve("journal").toString())
        .setBindingsDirectory(directory.resolve("bindings").toString())
        .setLargeMessagesDirectory(directory.resolve("large-messages").toString())
        .setPagingDirectory(directory.resolve("paging").toString())
        // ASYNCIO needs libaio and falls back in silence where it is missing.
        .setJournalType(JournalType.NIO)
        .setJournalBufferTimeout_NIO(FLUSH_NANOS)
        // A confirmed message and a settled delivery are on disk.
        .setJournalSyncNonTransactional(true)
        .setJournalSyncTransactional(true)
        .setJournalMinFiles(2)
        .setJournalPoolFiles(10)
        // Attempts are counted in the job's record.
        .setPersistDeliveryCountBeforeDelivery(false)
        .setMaxRedeliveryRecords(0);
  }

  private static void runNothingElse(Configuration config) {
    config
        .setSecurityEnabled(false)
        .setJMXManagementEnabled(false)
        .setMessageCounterEnabled(false)
        .setSuppressSessionNotifications(true)
        .setCriticalAnalyzer(false)
        .setMessageExpiryScanPeriod(-1)
        .setAddressQueueScanPeriod(-1)
        .setThreadPoolMaxSize(8)
        .setScheduledThreadPoolMaxSize(2);
  }

  private static AddressSettings lanes() {
    return new AddressSettings()
        .setDeadLetterAddress(SimpleString.of(DEAD))
        .setExpiryAddress(SimpleString.of(DEAD))
        // Never given up by the broker: whether a job may run again is decided by its record.
        .setMaxDeliveryAttempts(-1)
        .setRedeliveryDelay(0)
        .setAutoCreateAddresses(true)
        .setAutoCreateQueues(true)
        .setAutoDeleteAddresses(false)
        .setAutoDeleteQueues(false)
        .setDefaultAddressRoutingType(RoutingType.ANYCAST)
        .setDefaultQueueRoutingType(RoutingType.ANYCAST)
        // More messages than memory go to disk; senders are never held up.
        .setAddressFullMessagePolicy(AddressFullMessagePolicy.PAGE)
        .setEnableMetrics(false);
  }

  private static CoreAddressConfiguration dead() {
    return new CoreAddressConfiguration()
        .setName(DEAD)
        .addRoutingType(RoutingType.ANYCAST)
        .addQueueConfig(
            QueueConfiguration.of(DEAD).setAddress(DEAD).setRoutingType(RoutingType.ANYCAST));
  }
}
