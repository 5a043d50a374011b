package dev.stint.local.chaos;

import dev.stint.local.engine.BrokerServer;
import dev.stint.local.engine.RedisProgram;
import dev.stint.local.engine.RedisServer;
import dev.stint.local.link.FaultyLink;
import dev.stint.local.process.ChildProcess;
import dev.stint.local.process.Launch;
import dev.stint.local.process.Launcher;
import dev.stint.local.process.Ports;
import dev.stint.local.process.Stage;
import dev.stint.local.service.Engines;
import dev.stint.local.service.ServiceProcess;
import dev.stint.local.service.ServiceProgram;
import dev.stint.local.service.WorkerFlags;
import dev.stint.local.stack.DataFolder;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The processes of a run. Each service has paths of its own to the engines, which can be broken.
 * Redis has each write on disk before it answers, so that killing it loses nothing. Safe for many
 * threads.
 */
final class ChaosStack implements AutoCloseable {
  /** Of each worker. */
  static final int SLOTS = 4;

  private static final Duration START = Duration.ofSeconds(90);
  private static final Duration DRAIN = Duration.ofSeconds(10);

  private final Path home;
  private final ChaosFolder folder;
  private final DataFolder data;
  private final Launcher launcher;
  private final RedisServer redis;
  private final BrokerServer broker;
  private final Map<String, ChildProcess> processes = new ConcurrentHashMap<>();
  private final Map<String, Links> links = new ConcurrentHashMap<>();
  private final Map<String, URI> urls = new ConcurrentHashMap<>();
  private final Map<Long, String> pids = new ConcurrentHashMap<>();

  private ChaosStack(Path home, ChaosFolder folder, DataFolder data, Launcher launcher) {
    this.home = home;
    this.folder = folder;
    this.data = data;
    this.launcher = launcher;
    this.redis =
        new RedisServer(RedisProgram.find(data.programs()), data.redis(), data.ports().of("redis"));
    this.broker = new BrokerServer(data.broker(), data.ports().of("broker"));
  }

  /** Starts all of it; returns when it is ready. */
  static ChaosStack start(Path home, ChaosFolder folder) throws InterruptedException {
    var data = DataFolder.lock(folder.path());
    var stack = new ChaosStack(home, folder, data, Launcher.open(folder.path()));
    try {
      stack.start(stack.redis.launchStrict());
      stack.start(stack.broker.launch());
      Names.services().forEach(stack::startService);
      stack.awaitReady();
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
    start(service.launch());
  }

  /** Starts one again that has ended. */
  void startAgain(String name) {
    start(get(name).launch());
  }

  /** Returns when all that were started are ready. */
  void awaitReady() throws InterruptedException {
    for (var process : processes.values()) {
      process.awaitReady(START);
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

  int brokerPort() {
    return broker.port();
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
        "amqp://127.0.0.1:" + paths.broker().port(),
        folder.catalogue());
  }

  private ServiceProcess service(String name, Engines engines) {
    int port = Ports.free();
    if (Names.kind(name).equals("worker")) {
      var program = ServiceProgram.find(home, "worker-service");
      var flags = new WorkerFlags(SLOTS, DRAIN, List.of());
      return ServiceProcess.worker(name, flags, program, engines, port);
    }
    var program = ServiceProgram.find(home, "producer-service");
    return new ServiceProcess(
        name, Stage.PRODUCER, program, engines, port, List.of(), Duration.ofSeconds(10));
  }

  private static <T> T lookUp(Map<String, T> map, String name) {
    @Nullable T found = map.get(name);
    if (found == null) {
      throw new IllegalArgumentException("no process " + name);
    }
    return found;
  }
}
