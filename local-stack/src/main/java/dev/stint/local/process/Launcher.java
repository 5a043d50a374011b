package dev.stint.local.process;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Starts child processes and leaves none behind: {@link #close} ends them in order, a {@link Guard}
 * ends them if this process is killed, and what survives even that is ended by the next launcher on
 * the same folder, which finds its pid file.
 *
 * <p>Each child has a session of its own, so that a Ctrl-C in the terminal reaches this process
 * only. Logs are {@code FOLDER/logs/NAME.log}; one that has grown big becomes {@code NAME.log.1} at
 * the next start. Safe for many threads.
 */
public final class Launcher implements AutoCloseable {
  private static final long BIG_LOG = 10 << 20;

  private final Path logs;
  private final Path pids;
  private final List<String> ownSession;
  private final Guard guard;
  private final ConcurrentHashMap<String, ChildProcess> children = new ConcurrentHashMap<>();

  private Launcher(Path folder, List<String> ownSession, Guard guard) {
    this.logs = folder.resolve("logs");
    this.pids = folder.resolve("run");
    this.ownSession = ownSession;
    this.guard = guard;
  }

  /** For one folder there must be one launcher at a time. Ends what an earlier one left behind. */
  public static Launcher open(Path folder) throws InterruptedException {
    try {
      List<String> ownSession = ownSession();
      Files.createDirectories(folder.resolve("logs"));
      Files.createDirectories(folder.resolve("run"));
      endLeftovers(folder.resolve("run"));
      return new Launcher(folder, ownSession, Guard.start(ownSession));
    } catch (IOException e) {
      throw new Complaint("cannot use the folder " + folder, e);
    }
  }

  /**
   * Starts a process. It is not awaited.
   *
   * @throws Complaint if there is no such program, or it cannot be run
   */
  public ChildProcess start(Launch launch) {
    var command = new ArrayList<>(ownSession);
    command.addAll(launch.command());
    try {
      Path log = log(launch.name());
      var builder = new ProcessBuilder(command).redirectErrorStream(true);
      builder.redirectInput(new File("/dev/null"));
      builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
      builder.environment().putAll(launch.env());
      Process process = builder.start();
      return watch(new ChildProcess(launch, process, log), process);
    } catch (IOException e) {
      throw new Complaint("cannot start " + launch.name(), e);
    }
  }

  /** Ends all children, last stage first. */
  public void stopAll() throws InterruptedException {
    Stopping.stop(children.values().stream().map(ChildProcess::stoppable).toList());
  }

  /** Ends all children at once, by SIGKILL. */
  public void killAll() {
    children.values().forEach(ChildProcess::kill);
  }

  @Override
  public void close() throws InterruptedException {
    try (guard) {
      stopAll();
    } catch (IOException e) {
      throw new Complaint("cannot end the guard process", e);
    }
  }

  private ChildProcess watch(ChildProcess child, Process process) throws IOException {
    Path pidFile = pids.resolve(child.name() + ".pid");
    children.put(child.name(), child);
    guard.watch(child);
    PidFile.of(process, child.launch().stage()).write(pidFile);
    var _ = process.onExit().thenRun(() -> forget(child));
    return child;
  }

  private void forget(ChildProcess child) {
    children.remove(child.name(), child);
    guard.forget(child.pid());
  }

  private Path log(String name) throws IOException {
    Path log = logs.resolve(name + ".log");
    if (Files.exists(log) && Files.size(log) > BIG_LOG) {
      Files.move(log, logs.resolve(name + ".log.1"), StandardCopyOption.REPLACE_EXISTING);
    }
    return log;
  }

  private static void endLeftovers(Path pids) throws IOException, InterruptedException {
    var leftovers = new ArrayList<Stopping.Stoppable>();
    try (Stream<Path> files = Files.list(pids)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".pid")).toList()) {
        PidFile.read(file).flatMap(PidFile::alive).ifPresent(leftovers::add);
        Files.delete(file);
      }
    }
    Stopping.stop(leftovers);
  }

  /**
   * The start of a command line that gives a program its own session: Linux has setsid, macOS Perl.
   */
  private static List<String> ownSession() {
    if (onPath("setsid").isPresent()) {
      return List.of("setsid");
    }
    return onPath("perl").isPresent()
        ? List.of("perl", "-e", "use POSIX; POSIX::setsid(); exec { $ARGV[0] } @ARGV")
        : List.of();
  }

  /** A program on the PATH. */
  public static Optional<Path> onPath(String program) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
