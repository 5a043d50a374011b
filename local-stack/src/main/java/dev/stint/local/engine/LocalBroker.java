package dev.stint.local.engine;

import dev.stint.local.process.Launch;
import java.nio.file.Path;

/** A broker that is started on this machine, which may be killed and lose its data. */
public interface LocalBroker extends AutoCloseable {
  Launch launch();

  /** Where it listens, on 127.0.0.1. */
  int port();

  /** What producer and workers connect to, over a port of 127.0.0.1 that leads to it. */
  String url(int port);

  /** What {@code stint.broker.kind} calls it. */
  String kind();

  /** What AMQP clients call one of its queues. */
  String address(String queue);

  /** The folder without which it has forgotten everything. */
  Path data();

  /** Ends what it leaves behind; after its process has ended. */
  @Override
  void close();
}
