package dev.stint.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * A real Redis for tests: the embedded binary, or the one that {@code STINT_TEST_REDIS_SERVER}
 * names, on a free port of 127.0.0.1, with an append-only file in a folder of its own. It can be
 * killed, frozen and started again on the same port and data.
 */
public final class RedisProcess implements TestRedis {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final Path folder;
  private final String url;
  private final Talk talk;
  private final List<String> command;
  private Process process;

  private RedisProcess(Path folder, String url, Talk talk, List<String> command)
      throws IOException {
    this.folder = folder;
    this.url = url;
    this.talk = talk;
    this.command = command;
    process = launch();
  }

  /** Starts one, and waits until it takes connections. */
  public static RedisProcess start() {
    return start(Protection.NONE);
  }

  static RedisProcess start(Protection protection) {
    try {
      var folder = Files.createTempDirectory("stint-redis");
      return start(RedisBinary.in(folder), folder, freePort(), protection, List.of());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts one that is a part of something greater, with options of its own. */
  static RedisProcess start(Path program, Path folder, int port, List<String> options)
      throws IOException {
    return start(program, folder, port, Protection.NONE, options);
  }

  static RedisProcess start(
      Path program, Path folder, int port, Protection protection, List<String> options)
      throws IOException {
    var command = new ArrayList<>(List.of(program.toString()));
    command.addAll(protection.options(port));
    command.addAll(List.of("--bind", "127.0.0.1", "--dir", folder.toString(), "--save", ""));
    command.addAll(List.of("--appendonly", "yes", "--appendfsync", "everysec"));
    command.addAll(options);
    return new RedisProcess(
        folder,
        protection.scheme("") + "127.0.0.1:" + port,
        new Talk(port, protection.password(), protection.certificate()),
        command);
  }

  /** Starts a sentinel, which keeps what it knows in its configuration file. */
  static RedisProcess startSentinel(
      Path program, Path folder, int port, Protection protection, Path configuration)
      throws IOException {
    return new RedisProcess(
        folder,
        "redis://127.0.0.1:" + port,
        new Talk(port, protection.sentinelPassword(), protection.certificate()),
        List.of(program.toString(), configuration.toString(), "--sentinel"));
  }

  @Override
  public String url() {
    return url;
  }

  @Override
  public List<RedisProcess> masters() {
    return List.of(this);
  }

  /** Sends a command past every client; an error is thrown. */
  public @Nullable Object command(Object... words) {
    return talk.command(words);
  }

  /** The same, if the answer is a list. */
  List<?> list(Object... words) {
    return (List<?>) Objects.requireNonNull(command(words));
  }

  boolean isAlive() {
    return process.isAlive();
  }

  boolean isMaster() {
    return String.valueOf(list("ROLE").getFirst()).equals("master");
  }

  public int port() {
    return talk.port();
  }

  public long pid() {
    return process.pid();
  }

  /** Ends it as a crash does. */
  public void kill() {
    var children = process.descendants().toList(); // one may be rewriting the append-only file
    process.destroyForcibly();
    await(process);
    children.forEach(ProcessHandle::destroyForcibly);
  }

  /** Starts it again after {@link #kill} with what its append-only file has. */
  public void restart() {
    try {
      process = launch();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Stops it where it is: connections stay open, and nothing answers. */
  public void freeze() {
    signal("-STOP");
  }

  public void thaw() {
    signal("-CONT");
  }

  @Override
  public void close() {
    kill();
    remove(folder);
  }

  static void remove(Path folder) {
    try (var files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(file -> file.delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Process launch() throws IOException {
    var started =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("redis.log").toFile())
            .start();
    Awaitility.await().atMost(LIMIT).until(() -> !started.isAlive() || isOpen());
    if (!started.isAlive()) {
      throw new IOException(Files.readString(folder.resolve("redis.log")));
    }
    return started;
  }

  private boolean isOpen() {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port()), 1000);
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  private void signal(String signal) {
    try {
      await(new ProcessBuilder("kill", signal, String.valueOf(pid())).start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void await(Process process) {
    try {
      if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        throw new IllegalStateException("process " + process.pid() + " did not end");
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
