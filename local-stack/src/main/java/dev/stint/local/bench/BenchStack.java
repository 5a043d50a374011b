package dev.stint.local.bench;

import dev.stint.local.engine.RedisConnection;
import dev.stint.local.process.ChildProcess;
import dev.stint.local.process.Complaint;
import dev.stint.local.process.Launcher;
import dev.stint.local.process.Ports;
import dev.stint.local.service.Engines;
import dev.stint.local.service.ServiceProcess;
import dev.stint.local.service.ServiceProgram;
import dev.stint.local.service.WorkerFlags;
import dev.stint.local.stack.DataFolder;
import dev.stint.local.stack.LocalStack;
import dev.stint.local.stack.StackSettings;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A stack of its own in a temporary folder, with the catalogue {@code bench.yaml}. */
final class BenchStack implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final DataFolder data;
  private final Launcher launcher;
  private final LocalStack stack;
  private final Engines engines;
  private final RedisConnection redis;
  private @Nullable ChildProcess broker;

  private BenchStack(DataFolder data, Launcher launcher, LocalStack stack, Engines engines)
      throws IOException {
    this.data = data;
    this.launcher = launcher;
    this.stack = stack;
    this.engines = engines;
    URI url = URI.create(engines.redisUrl());
    this.redis = new RedisConnection(url.getHost(), url.getPort());
  }

  /** Starts engines and producer. */
  static BenchStack start(Path home) throws InterruptedException {
    try {
      DataFolder data = DataFolder.lock(Files.createTempDirectory("stint-bench"));
      Launcher launcher = Launcher.open(data.path());
      var settings = new StackSettings(home, catalogue(data.path()), Ports.free(), null, null);
      var stack = new LocalStack(settings, data, launcher);
      return new BenchStack(data, launcher, stack, stack.start());
    } catch (IOException e) {
      throw new Complaint("cannot make a stack in a temporary folder", e);
    }
  }

  void startWorker(int slots) throws InterruptedException {
    stack.startWorkers(1, new WorkerFlags(slots, Duration.ofSeconds(30), List.of()), engines);
  }

  /** Starts a worker that is not awaited; it has to be ended before the next of its name. */
  ChildProcess launchWorker(String name, ServiceProgram program, int slots) {
    var flags = new WorkerFlags(slots, Duration.ofSeconds(30), List.of());
    return launcher.start(
        ServiceProcess.worker(name, flags, program, engines, data.ports().of(name)).launch());
  }

  /** Ends the broker by SIGKILL; returns when it is gone. */
  void killBroker() throws InterruptedException {
    broker = broker();
    broker.kill();
    broker.awaitExit(PATIENCE);
  }

  /** Starts the broker again on what it has on disk; returns when it takes connections. */
  void restartBroker() throws InterruptedException {
    broker = launcher.start(broker().launch());
    broker.awaitReady(PATIENCE);
  }

  private ChildProcess broker() {
    return broker != null
        ? broker
        : stack.children().stream()
            .filter(child -> child.name().equals("broker"))
            .findFirst()
            .orElseThrow(() -> new Complaint("the broker is not of this stack"));
  }

  /** A folder for what a measurement keeps; it is removed with the stack. */
  Path folder() {
    return data.path();
  }

  URI api() {
    return stack.api();
  }

  Sample sample(long done) {
    try {
      RedisCalls calls = RedisCalls.parse(redis.call("INFO commandstats"));
      return Sample.take(stack.children(), calls, done);
    } catch (IOException e) {
      throw new Complaint("Redis does not answer", e);
    }
  }

  @Override
  public void close() throws InterruptedException {
    try (redis;
        data) {
      launcher.close();
      deleteAll(data.path());
    } catch (IOException e) {
      throw new Complaint("cannot clear " + data.path(), e);
    }
  }

  private static Path catalogue(Path folder) throws IOException {
    Path file = folder.resolve("bench.yaml");
    try (InputStream in = BenchStack.class.getResourceAsStream("bench.yaml")) {
      if (in == null) {
        throw new IOException("bench.yaml is missing from the class path");
      }
      Files.copy(in, file);
    }
    return file;
  }

  private static void deleteAll(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
