package dev.stint.local.fleet;

import dev.stint.catalogue.Catalogue;
import dev.stint.lane.Lane;
import dev.stint.local.engine.RedisConnection;
import dev.stint.local.fleet.engine.Engine;
import dev.stint.local.fleet.engine.TestEngines;
import dev.stint.local.process.ChildProcess;
import dev.stint.local.process.Launch;
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
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A whole system for a test, each part a process of its own: Redis, broker, a producer, and the
 * workers a test asks for. Which engines, {@link TestEngines} says; which services, {@link
 * Services}. What the handlers did stands in {@link #journal}, outside of Redis.
 */
final class Fleet implements AutoCloseable {
  /** Tag of tests that end an engine, which they can only if it is the fleet's own. */
  static final String KILLS_ENGINES = "kills-engines";

  /** Tag of those among them that end Redis: a group of Redis processes goes on without one. */
  static final String KILLS_REDIS = "kills-redis";

  /**
   * Orders of the classes that take longest: of two threads one runs the classes from the first on,
   * the other from the last on, so that these begin at once and none is left at the end.
   */
  static final int LONGEST = 0;

  static final int SECOND_LONGEST = Integer.MAX_VALUE;

  private static final Duration START = Duration.ofSeconds(60);

  /** The variable in the catalogue that the names of queues begin with. */
  private static final String PREFIX = "FLEET_PREFIX";

  private final Path folder;
  private final Launcher launcher;
  private final List<Engine> engines;
  private final Engines told;
  private final Map<String, String> env = new HashMap<>();
  private final Map<String, ChildProcess> processes = new HashMap<>();
  private final String prefix;
  private final List<AutoCloseable> extras = new ArrayList<>();
  private Api api;

  private Fleet(
      Path folder, Launcher launcher, List<Engine> engines, Path catalogue, String prefix) {
    this.folder = folder;
    this.launcher = launcher;
    this.engines = engines;
    this.prefix = prefix;
    this.told = new Engines(engines.getFirst().url(), engines.getLast().url(), catalogue);
    engines.forEach(engine -> env.putAll(engine.env()));
    if (!prefix.isEmpty()) {
      env.put(PREFIX, prefix);
    }
  }

  /** Starts engines and producer, with the catalogue of the tests. */
  static Fleet start(Path folder) throws Exception {
    return start(folder, copyOfCatalogue(folder));
  }

  private static Path copyOfCatalogue(Path folder) throws IOException {
    var catalogue = folder.resolve("stint.yaml");
    try (var in = Fleet.class.getResourceAsStream("fleet.yaml")) {
      Files.copy(in, catalogue);
    }
    return catalogue;
  }

  /**
   * The same with another catalogue.
   *
   * @param catalogue its queues begin with {@code ${FLEET_PREFIX:}}
   */
  static Fleet start(Path folder, Path catalogue) throws Exception {
    return start(folder, catalogue, TestEngines.redis(folder));
  }

  /** The same on a Redis of the test's choice. */
  static Fleet start(Path folder, Engine redis) throws Exception {
    return start(folder, copyOfCatalogue(folder), redis);
  }

  private static Fleet start(Path folder, Path catalogue, Engine redis) throws Exception {
    var prefix = TestEngines.queuePrefix();
    var queues =
        Catalogue.load(catalogue, name -> name.equals(PREFIX) ? prefix : null).lanes().stream()
            .map(Lane::address)
            .toList();
    var engines = List.of(redis, TestEngines.broker(folder, queues));
    var fleet = new Fleet(folder, Launcher.open(folder), engines, catalogue, prefix);
    try {
      fleet.startAll();
      return fleet;
    } catch (Exception | Error e) {
      fleet.close();
      throw e;
    }
  }

  /** All at once: a producer waits for its engines. */
  private void startAll() throws InterruptedException {
    for (var engine : engines) {
      engine.launches().forEach(launch -> add(launcher.start(launch)));
    }
    int port = Ports.free();
    start(ServiceProcess.producer(Services.producer(), told, port));
    api = new Api(URI.create("http://127.0.0.1:" + port));
    for (var process : processes.values()) {
      process.awaitReady(START);
    }
  }

  String brokerUrl() {
    return told.brokerUrl();
  }

  /** Makes Redis, a single one of the fleet's own, forget everything it knows. */
  void wipeRedis() throws IOException {
    try (var redis = new RedisConnection("127.0.0.1", URI.create(told.redisUrl()).getPort())) {
      redis.call("FLUSHALL");
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
    var settings = new WorkerFlags(slots, Duration.ofSeconds(30), List.of(flags));
    return start(ServiceProcess.worker(name, settings, Services.worker(), told, port));
  }

  /** A way to the engines for one more process. */
  Paths paths() {
    var paths = Paths.to(told);
    extras.add(paths);
    return paths;
  }

  /** Starts a worker that reaches the engines this way, and waits until it takes jobs. */
  ChildProcess worker(String name, int slots, Paths paths) throws InterruptedException {
    var flags = new WorkerFlags(slots, Duration.ofSeconds(30), List.of());
    var worker =
        start(ServiceProcess.worker(name, flags, Services.worker(), paths.engines(), Ports.free()));
    worker.awaitReady(START);
    return worker;
  }

  /** Starts one more producer, which reaches the engines this way, and waits until it is ready. */
  Api producer(String name, Paths paths) throws InterruptedException {
    int port = Ports.free();
    var first = ServiceProcess.producer(Services.producer(), paths.engines(), port);
    start(
            new ServiceProcess(
                name,
                first.stage(),
                first.program(),
                first.engines(),
                port,
                first.arguments(),
                first.grace()))
        .awaitReady(START);
    var more = new Api(URI.create("http://127.0.0.1:" + port));
    extras.add(more);
    return more;
  }

  /** Starts a worker that is another program, and waits until it takes jobs. */
  ChildProcess worker(String name, int slots, ServiceProgram program) throws InterruptedException {
    var worker = startWorker(name, slots, program);
    worker.awaitReady(START);
    return worker;
  }

  /** Starts a worker that is another program, and may end before it takes jobs. */
  ChildProcess startWorker(String name, int slots, ServiceProgram program) {
    var settings = new WorkerFlags(slots, Duration.ofSeconds(30), List.of());
    return start(ServiceProcess.worker(name, settings, program, told, Ports.free()));
  }

  private ChildProcess start(ServiceProcess service) {
    var launch = service.launch();
    var all = new HashMap<>(launch.env());
    all.putAll(env);
    return add(
        launcher.start(
            new Launch(
                launch.name(),
                launch.stage(),
                launch.command(),
                all,
                launch.ready(),
                launch.grace())));
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
    var command = new ArrayList<>(Services.worker().command());
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    var all = builder.environment();
    all.put("STINT_REDIS_URL", told.redisUrl());
    all.put("STINT_BROKER_URL", told.brokerUrl());
    all.put("STINT_CONFIG", told.config().toString());
    all.putAll(this.env);
    all.putAll(env);
    var process = builder.start();
    try (var stdout = process.getInputStream()) {
      var output = new String(stdout.readAllBytes(), StandardCharsets.UTF_8);
      return new Finished(process.waitFor(), output);
    }
  }

  ChildProcess get(String name) {
    var process = processes.get(name);
    if (process == null) {
      throw new AssertionError(
          name + " is not a process of this fleet; tests that need it have the tag kills-engines");
    }
    return process;
  }

  /** What a queue of the catalogue is called in this fleet. */
  String queue(String plain) {
    return prefix + plain;
  }

  /** Waits until the engines would have everything again if they were killed. */
  void awaitWritten() {
    engines.forEach(Engine::awaitWritten);
  }

  /** Sends a process a signal: STOP, CONT. */
  void signal(String name, String signal) throws Exception {
    var command = List.of("kill", "-" + signal, Long.toString(get(name).pid()));
    if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
      throw new AssertionError(command + " failed");
    }
  }

  /** Ends a process by SIGKILL, and waits until it is gone. */
  void kill(String name) throws InterruptedException {
    get(name).kill();
    get(name).awaitExit(START);
  }

  /** Makes the broker, which has ended, forget everything it knew. */
  void wipeBroker() throws IOException {
    var data = engines.getLast().data();
    try (var files = Files.walk(data)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
    Files.createDirectories(data);
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
    if (api != null) {
      api.close();
    }
    launcher.close();
    for (var extra : extras) {
      extra.close();
    }
    for (var engine : engines) {
      engine.close();
    }
  }

  private ChildProcess add(ChildProcess process) {
    processes.put(process.name(), process);
    return process;
  }
}
