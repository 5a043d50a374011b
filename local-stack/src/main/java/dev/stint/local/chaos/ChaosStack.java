package dev.stint.local.chaos;

import dev.stint.local.engine.LocalBroker;
import dev.stint.local.engine.RedisServer;
import dev.stint.local.link.FaultyLink;
import dev.stint.local.process.ChildProcess;
import dev.stint.local.process.Complaint;
import dev.stint.local.process.Launch;
import dev.stint.local.process.Launcher;
import dev.stint.local.process.Ports;
import dev.stint.local.process.Stage;
import dev.stint.local.service.Engines;
import dev.stint.local.service.ServiceProcess;
import dev.stint.local.service.WorkerFlags;
import dev.stint.local.stack.DataFolder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The processes of a run. Each service has paths of its own to the engines, which can be broken.
 * Redis has each write on disk before it answers, so that killing it loses nothing. Safe for many
 * threads.
 */
final class ChaosStack implements AutoCloseable {
  /** Of each worker. */
  static final int SLOTS = 4;

  /** On a machine that has much else to do. */
  private static final Duration START = Duration.ofMinutes(3);

  private static final Duration DRAIN = Duration.ofSeconds(10);
  private static final Duration PRODUCER_GRACE = Duration.ofSeconds(30);
  private static final long LOOK_MILLIS = 250;

  private final ChaosSettings settings;
  private final ChaosFolder folder;
  private final DataFolder data;
  private final Launcher launcher;
  private final RedisServer redis;
  private final LocalBroker broker;
  private final Map<String, ChildProcess> processes = new ConcurrentHashMap<>();
  private final Map<String, Links> links = new ConcurrentHashMap<>();
  private final Map<String, URI> urls = new ConcurrentHashMap<>();
  private final Map<Long, String> pids = new ConcurrentHashMap<>();

  private ChaosStack(
      ChaosSettings settings, ChaosFolder folder, DataFolder data, Launcher launcher) {
    this.settings = settings;
    this.folder = folder;
    this.data = data;
    this.launcher = launcher;
    this.redis = settings.redis(data);
    this.broker = settings.broker(data);
  }

  /** Starts all of it; returns when it is ready. */
  static ChaosStack start(ChaosSettings settings, ChaosFolder folder) throws InterruptedException {
    var data = DataFolder.lock(folder.path());
    var stack = new ChaosStack(settings, folder, data, Launcher.open(folder.path()));
    try {
      stack.start(stack.redis.launchStrict());
      stack.start(stack.broker.launch());
      Names.services().forEach(stack::startService);
      for (var process : stack.processes.values()) {
        process.awaitReady(START);
      }
      return stack;
    } catch (RuntimeException | InterruptedException e) {
      stack.close();
      throw e;
    }
  }

  /** Starts a service that was not there yet. */
  void startService(String name) {
    var paths = new Links(FaultyLink.to(redis.port()), FaultyLink.to(broker.port()));
    links.put(name, paths);
    var service = service(name, engines(paths));
    urls.put(name, service.url());
    start(service.launch().with(Map.of("STINT_BROKER_KIND", broker.kind())));
  }

  /** Starts one again that has ended. */
  void startAgain(String name) {
    start(get(name).launch());
  }

  /** Returns when all are ready, those among them that are ended and started again meanwhile. */
  void awaitReady() throws InterruptedException {
    long deadline = System.nanoTime() + START.toNanos();
    for (var name : names()) {
      while (!get(name).launch().ready().getAsBoolean()) {
        if (System.nanoTime() > deadline) {
          throw new Complaint(name + " does not become ready; see " + get(name).log());
        }
        TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
      }
    }
  }

  ChildProcess get(String name) {
    return lookUp(processes, name);
  }

  Links links(String name) {
    return lookUp(links, name);
  }

  URI url(String producer) {
    return lookUp(urls, producer);
  }

  int redisPort() {
    return redis.port();
  }

  LocalBroker broker() {
    return broker;
  }

  /** Deletes all that the broker has; it must not run. */
  void wipeBroker() throws IOException {
    try (Stream<Path> files = Files.walk(broker.data())) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        if (!file.equals(broker.data())) {
          Files.delete(file);
        }
      }
    }
  }

  Path journal() {
    return folder.journal();
  }

  /** Names by pid, of all processes that ever ran. */
  Map<Long, String> pids() {
    return Map.copyOf(pids);
  }

  /** Names of all that were started. */
  List<String> names() {
    return List.copyOf(processes.keySet());
  }

  /** Ends everything. */
  @Override
  public void close() throws InterruptedException {
    try (data) {
      links.values().forEach(Links::mend);
      launcher.close();
      broker.close();
      links.values().forEach(Links::close);
    }
  }

  private void start(Launch launch) {
    var process = launcher.start(launch);
    processes.put(launch.name(), process);
    pids.put(process.pid(), launch.name());
  }

  private Engines engines(Links paths) {
    return new Engines(
        "redis://127.0.0.1:" + paths.redis().port(),
        broker.url(paths.broker().port()),
        folder.catalogue());
  }

  private ServiceProcess service(String name, Engines engines) {
    int port = Ports.free();
    if (Names.kind(name).equals("worker")) {
      var flags = new WorkerFlags(SLOTS, DRAIN, List.of());
      var program = settings.program("worker-service");
      return ServiceProcess.worker(name, flags, program, engines, port);
    }
    var program = settings.program("producer-service");
    return new ServiceProcess(
        name, Stage.PRODUCER, program, engines, port, List.of(), PRODUCER_GRACE);
  }

  private static <T> T lookUp(Map<String, T> map, String name) {
    @Nullable T found = map.get(name);
    if (found == null) {
      throw new IllegalArgumentException("no process " + name);
    }
    return found;
  }
}
