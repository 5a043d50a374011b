package dev.stint.local.engine;

import dev.stint.local.process.Launch;
import dev.stint.local.process.Stage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A Redis server for this machine only, which keeps its data in an append-only file. What was
 * written is on disk after at most a second; ended by a signal, it loses nothing.
 *
 * @param directory must exist
 */
public record RedisServer(Path program, Path directory, int port) {
  private static final String HOST = "127.0.0.1";

  public Launch launch() {
    return launch("everysec");
  }

  /** The same with each write on disk before it is answered: killed, it loses nothing either. */
  public Launch launchStrict() {
    return launch("always");
  }

  private Launch launch(String fsync) {
    return new Launch(
        "redis",
        Stage.STORE,
        command(fsync),
        Map.of(),
        () -> RedisConnection.answers(HOST, port),
        Duration.ofSeconds(10));
  }

  public String url() {
    return "redis://" + HOST + ":" + port;
  }

  private List<String> command(String fsync) {
    return List.of(
        program.toString(),
        "--port",
        Integer.toString(port),
        "--bind",
        HOST,
        "--dir",
        directory.toString(),
        "--appendonly",
        "yes",
        "--appendfsync",
        fsync,
        "--save",
        "",
        // Full memory must be an error that a client sees, never a job that is gone.
        "--maxmemory-policy",
        "noeviction",
        "--daemonize",
        "no");
  }
}
