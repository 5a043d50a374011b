package dev.stint.local.broker;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;

/** The broker process: {@code BrokerMain DIRECTORY PORT}, until a signal ends it. */
public final class BrokerMain {
  private BrokerMain() {}

  public static void main(String[] args) throws Exception {
    var broker = new EmbeddedActiveMQ();
    broker.setConfiguration(BrokerConfiguration.of(Path.of(args[0]), Integer.parseInt(args[1])));
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(broker), "stop"));
    broker.start();
    if (!broker.getActiveMQServer().isActive()) {
      // Artemis logs what it could not do and goes on without it.
      System.exit(1);
    }
    // Artemis' own threads end when they are idle, and with the last one the process would end.
    new CountDownLatch(1).await();
  }

  private static void stop(EmbeddedActiveMQ broker) {
    try {
      broker.stop();
    } catch (Exception e) {
      System.getLogger(BrokerMain.class.getName())
          .log(System.Logger.Level.WARNING, "broker did not stop in good order", e);
    }
  }
}
