package dev.stint.local.fleet;

import dev.stint.local.engine.BrokerServer;
import dev.stint.local.engine.RedisProgram;
import dev.stint.local.engine.RedisServer;
import dev.stint.local.process.ChildProcess;
import dev.stint.local.process.Launcher;
import dev.stint.local.process.Ports;
import dev.stint.local.service.Engines;
import dev.stint.local.service.ServiceProcess;
import dev.stint.local.service.ServiceProgram;
import dev.stint.local.service.WorkerFlags;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A whole system for a test, each part a process of its own: Redis, broker, a producer, and the
 * workers a test asks for. What the handlers did stands in {@link #journal}, outside of Redis.
 */
final class Fleet implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(60);
  private static final Path HOME = Path.of(System.getProperty("project.root"));

  private final Path folder;
  private final Launcher launcher;
  private final Engines engines;
  private final Map<String, ChildProcess> processes = new HashMap<>();
  private final Api api;

  private Fleet(Path folder, Launcher launcher, Engines engines, URI producer) {
    this.folder = folder;
    this.launcher = launcher;
    this.engines = engines;
    this.api = new Api(producer);
  }

  /** Starts engines and producer. */
  static Fleet start(Path folder) throws Exception {
    var catalogue = folder.resolve("stint.yaml");
    try (var in = Fleet.class.getResourceAsStream("fleet.yaml")) {
      Files.copy(in, catalogue);
    }
    Files.createDirectories(folder.resolve("redis"));
    Files.createDirectories(folder.resolve("broker"));
    var launcher = Launcher.open(folder);
    try {
      var redis =
          new RedisServer(
              RedisProgram.find(folder.resolve("bin")), folder.resolve("redis"), Ports.free());
      var broker = new BrokerServer(folder.resolve("broker"), Ports.free());
      var engines = new Engines(redis.url(), broker.url(), catalogue);
      int port = Ports.free();
      var fleet = new Fleet(folder, launcher, engines, URI.create("http://127.0.0.1:" + port));
      var program = ServiceProgram.find(HOME, "producer-service");
      // All at once: a producer waits for its engines.
      fleet.add(launcher.start(redis.launch()));
      fleet.add(launcher.start(broker.launch()));
      fleet.add(launcher.start(ServiceProcess.producer(program, engines, port).launch()));
      for (var process : fleet.processes.values()) {
        process.awaitReady(START);
      }
      return fleet;
    } catch (Exception | Error e) {
      launcher.close();
      throw e;
    }
  }

  Api api() {
    return api;
  }

  /** Starts a worker, and waits until it takes jobs. */
  ChildProcess worker(String name, int slots, String... flags) throws InterruptedException {
    var worker = startWorker(name, slots, flags);
    worker.awaitReady(START);
    return worker;
  }

  /** Starts a worker that may not come to be ready. */
  ChildProcess startWorker(String name, int slots, String... flags) {
    return startWorker(name, slots, Ports.free(), flags);
  }

  /** Starts a worker whose port is known, and waits until it takes jobs. */
  ChildProcess worker(String name, int slots, int port) throws InterruptedException {
    var worker = startWorker(name, slots, port);
    worker.awaitReady(START);
    return worker;
  }

  private ChildProcess startWorker(String name, int slots, int port, String... flags) {
    var program = ServiceProgram.find(HOME, "worker-service");
    var settings = new WorkerFlags(slots, Duration.ofSeconds(30), List.of(flags));
    return add(
        launcher.start(ServiceProcess.worker(name, settings, program, engines, port).launch()));
  }

  /**
   * A command that has ended.
   *
   * @param output stdout and stderr
   */
  record Finished(int exitCode, String output) {}

  /** Runs a worker's command line to its end, with the engines of this fleet. */
  Finished workerCommand(String... arguments) throws Exception {
    return workerCommand(Map.of(), arguments);
  }

  /** The same with further variables. */
  Finished workerCommand(Map<String, String> env, String... arguments) throws Exception {
    var command = new ArrayList<>(ServiceProgram.find(HOME, "worker-service").command());
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder
        .environment()
        .putAll(
            Map.of(
                "STINT_REDIS_URL", engines.redisUrl(),
                "STINT_BROKER_URL", engines.brokerUrl(),
                "STINT_CONFIG", engines.config().toString()));
    builder.environment().putAll(env);
    var process = builder.start();
    try (var stdout = process.getInputStream()) {
      var output = new String(stdout.readAllBytes(), StandardCharsets.UTF_8);
      return new Finished(process.waitFor(), output);
    }
  }

  ChildProcess get(String name) {
    return processes.get(name);
  }

  /** Ends a process by SIGKILL, and waits until it is gone. */
  void kill(String name) throws InterruptedException {
    get(name).kill();
    get(name).awaitExit(START);
  }

  /** Starts a process again that has ended, on the same data. */
  void restart(String name) throws InterruptedException {
    add(launcher.start(get(name).launch())).awaitReady(START);
  }

  /** The file that jobs of the task {@code journal} write to. */
  Path journalFile() {
    return folder.resolve("journal");
  }

  Journal journal() {
    try {
      return Journal.read(journalFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Params of a job that notes its start, takes so long, and notes its end. */
  Map<String, Object> journaled(long millis) {
    return Map.of("path", journalFile().toString(), "millis", millis);
  }

  /** How many jobs of a task are in a state, in all its lanes. */
  long count(String task, String state) throws InterruptedException {
    long sum = 0;
    for (var lane : api.get("/api/v1/queues").path("items")) {
      if (lane.path("task").asText().equals(task)) {
        sum += lane.path("counts").path(state).asLong();
      }
    }
    return sum;
  }

  @Override
  public void close() throws Exception {
    api.close();
    launcher.close();
  }

  private ChildProcess add(ChildProcess process) {
    processes.put(process.name(), process);
    return process;
  }
}
