package dev.stint.local.fleet;

import dev.stint.local.link.FaultyLink;
import dev.stint.local.service.Engines;
import java.net.URI;

/** The way of one process to the engines, which a test can cut and freeze. */
record Paths(FaultyLink redis, FaultyLink broker, Engines engines) implements AutoCloseable {
  /**
   * @param direct engines of the fleet's own, one server each
   */
  static Paths to(Engines direct) {
    int redisPort = port(direct.redisUrl());
    int brokerPort = port(direct.brokerUrl());
    var redis = FaultyLink.to(redisPort);
    var broker = FaultyLink.to(brokerPort);
    return new Paths(
        redis,
        broker,
        new Engines(
            direct.redisUrl().replace(":" + redisPort, ":" + redis.port()),
            direct.brokerUrl().replace(":" + brokerPort, ":" + broker.port()),
            direct.config()));
  }

  private static int port(String url) {
    return URI.create(url).getPort();
  }

  @Override
  public void close() {
    redis.close();
    broker.close();
  }
}
