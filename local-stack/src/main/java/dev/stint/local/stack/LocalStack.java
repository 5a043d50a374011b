package dev.stint.local.stack;

import dev.stint.local.engine.BrokerServer;
import dev.stint.local.engine.RedisProgram;
import dev.stint.local.engine.RedisServer;
import dev.stint.local.process.ChildProcess;
import dev.stint.local.process.Complaint;
import dev.stint.local.process.Launch;
import dev.stint.local.process.Launcher;
import dev.stint.local.process.Ports;
import dev.stint.local.service.Engines;
import dev.stint.local.service.ServiceProcess;
import dev.stint.local.service.ServiceProgram;
import dev.stint.local.service.WorkerFlags;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Engines, producer and workers on this machine, each a process of its own, started in the order in
 * which they need each other. For one thread.
 */
public final class LocalStack {
  private static final Duration START = Duration.ofSeconds(60);

  private final StackSettings settings;
  private final DataFolder data;
  private final Launcher launcher;
  private final List<ChildProcess> children = new ArrayList<>();

  /**
   * @param launcher of the data folder; ends what is started here
   */
  public LocalStack(StackSettings settings, DataFolder data, Launcher launcher) {
    this.settings = settings;
    this.data = data;
    this.launcher = launcher;
  }

  /**
   * Starts Redis and the broker, unless others are to be used, and the producer; returns when they
   * are ready.
   *
   * @return what workers need to know
   * @throws Complaint if one of them does not start
   */
  public Engines start() throws InterruptedException {
    if (!Files.isReadable(settings.config())) {
      throw new Complaint("cannot read the catalogue " + settings.config());
    }
    var producer = ServiceProgram.find(settings.home(), "producer-service");
    if (!Ports.isFree(settings.port())) {
      throw new Complaint(
          "port " + settings.port() + " is in use; give another with --port, or stop what uses it");
    }
    var engines = new Engines(redisUrl(), brokerUrl(), settings.config());
    awaitAll(children);
    awaitAll(List.of(start(ServiceProcess.producer(producer, engines, settings.port()).launch())));
    return engines;
  }

  /** Starts workers worker-1 to worker-{@code count}; returns when they take jobs. */
  public void startWorkers(int count, WorkerFlags flags, Engines engines)
      throws InterruptedException {
    var program = ServiceProgram.find(settings.home(), "worker-service");
    awaitAll(
        IntStream.rangeClosed(1, count)
            .mapToObj(number -> "worker-" + number)
            .map(name -> worker(name, flags, program, engines))
            .map(worker -> start(worker.launch()))
            .toList());
  }

  /** All that was started, in that order. */
  public List<ChildProcess> children() {
    return List.copyOf(children);
  }

  public URI api() {
    return URI.create("http://127.0.0.1:" + settings.port());
  }

  private String redisUrl() {
    if (settings.redisUrl() != null) {
      return settings.redisUrl();
    }
    var redis =
        new RedisServer(RedisProgram.find(data.programs()), data.redis(), data.ports().of("redis"));
    start(redis.launch());
    return redis.url();
  }

  private String brokerUrl() {
    if (settings.brokerUrl() != null) {
      return settings.brokerUrl();
    }
    var broker = new BrokerServer(data.broker(), data.ports().of("broker"));
    start(broker.launch());
    return broker.url();
  }

  private ServiceProcess worker(
      String name, WorkerFlags flags, ServiceProgram program, Engines engines) {
    return ServiceProcess.worker(name, flags, program, engines, data.ports().of(name));
  }

  private ChildProcess start(Launch launch) {
    ChildProcess child = launcher.start(launch);
    children.add(child);
    return child;
  }

  private static void awaitAll(List<ChildProcess> started) throws InterruptedException {
    for (ChildProcess child : started) {
      child.awaitReady(START);
    }
  }
}
