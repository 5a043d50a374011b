package dev.stint.local.fleet.engine;

import dev.stint.amqp.RabbitNode;
import dev.stint.local.engine.BrokerServer;
import dev.stint.local.engine.RedisProgram;
import dev.stint.local.engine.RedisServer;
import dev.stint.local.process.Complaint;
import dev.stint.local.process.Launch;
import dev.stint.local.process.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The engines that the settings of a test run ask for: {@code stint.test.broker} and {@code
 * stint.test.redis} are URLs of running ones ({@code sentinel} and {@code cluster} start a group of
 * Redis processes); {@code stint.test.rabbitmq} and {@code stint.test.redis-server} are programs to
 * start. Without any, the embedded ones are started.
 */
public final class TestEngines {
  private TestEngines() {}

  /**
   * @param folder of the fleet
   * @param queues all that the fleet may make on the broker
   */
  public static Engine broker(Path folder, List<String> queues) throws Exception {
    String url = setting("stint.test.broker");
    String rabbit = setting("stint.test.rabbitmq");
    if (!url.isEmpty() && !rabbit.isEmpty()) {
      throw new Complaint("give one of stint.test.broker and stint.test.rabbitmq, not both");
    }
    if (!url.isEmpty()) {
      return GivenBroker.at(url, queues);
    }
    Path data = Files.createDirectories(folder.resolve("broker"));
    if (!rabbit.isEmpty()) {
      return new OwnedRabbit(
          program("stint.test.rabbitmq", rabbit), RabbitNode.in(data), queues.size());
    }
    var artemis = new BrokerServer(data, Ports.free());
    return new Owned(artemis.url(), List.of(ShortLived.launch(artemis.launch())), Map.of(), data);
  }

  /**
   * @param folder of the fleet
   */
  public static Engine redis(Path folder) throws Exception {
    String url = setting("stint.test.redis");
    String server = setting("stint.test.redis-server");
    if (!url.isEmpty() && !server.isEmpty()) {
      throw new Complaint("give one of stint.test.redis and stint.test.redis-server, not both");
    }
    switch (url) {
      case "sentinel" -> {
        return RedisGroup.sentinels();
      }
      case "cluster" -> {
        return RedisGroup.cluster();
      }
      case "" -> {}
      default -> {
        return new GivenRedis(url);
      }
    }
    Path program =
        server.isEmpty()
            ? RedisProgram.find(folder.resolve("bin"))
            : program("stint.test.redis-server", server);
    Path data = Files.createDirectories(folder.resolve("redis"));
    var redis = new RedisServer(program, data, Ports.free());
    return new Owned(redis.url(), List.of(redis.launch()), Map.of(), data);
  }

  /** An engine of one process, with its data in a folder. */
  public static Engine owned(String url, Launch launch, Path data) {
    return new Owned(url, List.of(launch), Map.of(), data);
  }

  /**
   * What the names of a fleet's queues begin with: on a broker of its own nothing; where others may
   * be at work, a word that only this fleet has.
   */
  public static String queuePrefix() {
    return setting("stint.test.broker").isEmpty()
        ? ""
        : "t" + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt()) + "-";
  }

  static String setting(String name) {
    return System.getProperty(name, "").strip();
  }

  private static Path program(String setting, String text) throws IOException {
    Path program = Path.of(text);
    if (!program.isAbsolute() || !Files.isExecutable(program)) {
      throw new Complaint(setting + " must be the absolute path of a program, not " + text);
    }
    return program;
  }
}
