package dev.stint.local.service;

import dev.stint.local.process.Launch;
import dev.stint.local.process.Stage;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A producer or a worker on this machine.
 *
 * @param port of its HTTP server: the API, or a worker's health and metrics
 * @param arguments of its command line
 * @param grace how long it may take to end after SIGTERM
 */
public record ServiceProcess(
    String name,
    Stage stage,
    ServiceProgram program,
    Engines engines,
    int port,
    List<String> arguments,
    Duration grace) {
  private static final int TIMEOUT_MILLIS = 2_000;

  /** What a worker may need beyond its drain timeout to end what still runs, and to leave. */
  private static final Duration MARGIN = Duration.ofSeconds(20);

  public static ServiceProcess producer(ServiceProgram program, Engines engines, int port) {
    return new ServiceProcess(
        "producer", Stage.PRODUCER, program, engines, port, List.of(), Duration.ofSeconds(10));
  }

  public static ServiceProcess worker(
      String name, WorkerFlags flags, ServiceProgram program, Engines engines, int port) {
    return new ServiceProcess(
        name,
        Stage.WORKER,
        program,
        engines,
        port,
        flags.arguments(name),
        flags.drainTimeout().plus(MARGIN));
  }

  public Launch launch() {
    var command = new ArrayList<>(program.command());
    command.addAll(arguments);
    return new Launch(name, stage, command, engines.env(port), this::isReady, grace);
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** Whether {@code /q/health/ready} says so. */
  public boolean isReady() {
    try {
      var connection =
          (HttpURLConnection) url().resolve("/q/health/ready").toURL().openConnection();
      connection.setConnectTimeout(TIMEOUT_MILLIS);
      connection.setReadTimeout(TIMEOUT_MILLIS);
      int status = connection.getResponseCode();
      connection.disconnect();
      return status == 200;
    } catch (IOException e) {
      return false;
    }
  }
}
