package dev.stint.health;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The command {@code health}: asks the service that runs in the same container whether it is ready,
 * or with {@code --live} whether it is alive. It is what a container's health check runs, in images
 * that have neither a shell nor curl, every few seconds: so it is a plain socket, and nothing of
 * the service is started for it. Safe for many threads.
 */
public final class HealthCommand {
  private static final String NAME = "health";
  private static final String LIVE = "--live";
  private static final String PORT = "QUARKUS_HTTP_PORT";
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  /** Longer than any status line, in bytes. */
  private static final int STATUS_LINE = 128;

  private final String service;
  private final int usualPort;
  private final Duration patience;

  /**
   * @param service what messages begin with
   * @param usualPort where the service listens if QUARKUS_HTTP_PORT does not say; 0 if anywhere
   */
  public HealthCommand(String service, int usualPort) {
    this(service, usualPort, PATIENCE);
  }

  HealthCommand(String service, int usualPort, Duration patience) {
    this.service = service;
    this.usualPort = usualPort;
    this.patience = patience;
  }

  /**
   * What came of it.
   *
   * @param exitCode 0 or 1, the only ones that a health check may have
   */
  public record Answer(int exitCode, String text) {}

  /** Whether a command line is this command. */
  public static boolean isAsked(String... args) {
    return args.length > 0 && args[0].equals(NAME);
  }

  /**
   * Asks, and waits at most some seconds. Never throws.
   *
   * @param env the variables of the process; QUARKUS_HTTP_PORT is looked at
   * @param args the command line, this command's name first
   */
  public Answer run(Map<String, String> env, String... args) {
    var options = List.of(args).subList(1, args.length);
    for (var option : options) {
      if (!option.equals(LIVE)) {
        return bad("health: unknown argument " + option + ", there is only " + LIVE);
      }
    }
    var named = env.getOrDefault(PORT, String.valueOf(usualPort));
    // Anything else than digits would be a port that the service has not taken either.
    int port = named.matches("[0-9]{1,5}") ? Integer.parseInt(named) : 0;
    if (port < 1 || port > 65_535) {
      return bad("health: " + PORT + " must be the service's port, 1 to 65535, but is " + named);
    }
    return options.isEmpty()
        ? ask(port, "/q/health/ready", "ready")
        : ask(port, "/q/health/live", "alive");
  }

  private Answer ask(int port, String path, String good) {
    try {
      String status = status(port, path);
      return status.equals("200")
          ? new Answer(0, service + ": " + good)
          : bad("not " + good + ", answered " + status);
    } catch (IOException e) {
      return bad("not " + good + ", no answer on port " + port + ": " + e.getMessage());
    }
  }

  private String status(int port, String path) throws IOException {
    try (var socket = new Socket()) {
      int millis = Math.toIntExact(patience.toMillis());
      socket.connect(new InetSocketAddress("127.0.0.1", port), millis);
      socket.setSoTimeout(millis);
      var request = "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      String line = firstLine(socket.getInputStream());
      if (!line.matches("HTTP/1\\.[01] [0-9]{3}( .*)?")) {
        throw new IOException("it does not speak HTTP");
      }
      return line.substring(9, 12);
    }
  }

  private static String firstLine(InputStream in) throws IOException {
    var line = new StringBuilder();
    for (int c = in.read(); c >= ' ' && line.length() < STATUS_LINE; c = in.read()) {
      line.append((char) c);
    }
    return line.toString();
  }

  private Answer bad(String why) {
    return new Answer(1, service + ": " + why);
  }
}
