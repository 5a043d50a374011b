package dev.stint.amqp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A RabbitMQ node for tests, on free ports of 127.0.0.1, with all it has in one folder, a virtual
 * host, and a user who may configure no more than docs/broker.md asks for. Here are its files and
 * variables; whoever uses it starts and ends the process.
 */
public final class RabbitNode {
  private static final String HOST = "127.0.0.1";
  private static final String USER = "stint";
  private static final String PASSWORD = "p@ss:word";
  private static final String VHOST = "jobs/test";

  /** The protocol header of SASL, which RabbitMQ wants first. */
  private static final byte[] SASL = {'A', 'M', 'Q', 'P', 3, 1, 0, 0};

  private final Path folder;
  private final int port = freePort();
  private final int distribution = freePort();
  private final int portMapper = freePort();

  private RabbitNode(Path folder) {
    this.folder = folder;
  }

  /** Writes its files. */
  public static RabbitNode in(Path folder) throws IOException {
    var node = new RabbitNode(folder);
    Files.createDirectories(folder.resolve("data"));
    Files.writeString(folder.resolve("enabled_plugins"), "[].\n");
    Files.writeString(
        folder.resolve("rabbitmq.conf"),
        """
        listeners.tcp.1 = %s:%d
        load_definitions = %s
        # A worker that hangs without closing its socket is noticed after this.
        heartbeat = 10
        """
            .formatted(HOST, node.port, folder.resolve("definitions.json")));
    Files.writeString(
        folder.resolve("definitions.json"),
        """
        {
          "vhosts": [{"name": "%2$s"}],
          "users": [{"name": "%1$s", "password": "%3$s", "tags": []}],
          "permissions": [
            {"user": "%1$s", "vhost": "%2$s", "configure": "^stint\\\\.", "write": ".*", "read": ".*"}
          ]
        }
        """
            .formatted(USER, VHOST, PASSWORD));
    return node;
  }

  /** Its queues, messages, users and all else it knows. */
  public Path data() {
    return folder.resolve("data");
  }

  public String url() {
    return "amqp://" + USER + ":p%40ss%3Aword@" + HOST + ":" + port + "/jobs%2Ftest";
  }

  /** Variables that its start script has to be given. */
  public Map<String, String> env() {
    var env = new HashMap<String, String>();
    env.put("HOME", folder.toString()); // Its cookie is there.
    env.put("RABBITMQ_NODENAME", "stint-" + port + "@localhost");
    env.put("RABBITMQ_DIST_PORT", Integer.toString(distribution));
    env.put("RABBITMQ_MNESIA_BASE", folder.resolve("data").toString());
    env.put("RABBITMQ_LOG_BASE", folder.toString());
    env.put("RABBITMQ_LOGS", "-");
    env.put("RABBITMQ_CONFIG_FILE", folder.resolve("rabbitmq.conf").toString());
    env.put("RABBITMQ_ENABLED_PLUGINS_FILE", folder.resolve("enabled_plugins").toString());
    env.put("RABBITMQ_CONF_ENV_FILE", "/dev/null");
    // So that the start script becomes the Erlang machine, and a signal to it reaches that.
    env.put("RABBITMQ_ALLOW_INPUT", "1");
    env.put("RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS", "-noinput");
    env.put("ERL_EPMD_PORT", Integer.toString(portMapper));
    env.put("ERL_EPMD_ADDRESS", HOST);
    return env;
  }

  /** Whether it speaks AMQP 1.0: it answers the protocol header with the same. */
  public boolean answers() {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(HOST, port), 1_000);
      socket.setSoTimeout(2_000);
      socket.getOutputStream().write(SASL);
      byte[] answer = socket.getInputStream().readNBytes(SASL.length);
      return new String(answer, StandardCharsets.US_ASCII).startsWith("AMQP\3\1");
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Whether it would know all its queues again if it was killed now. For up to three seconds after
   * a queue was made, its entry in the list of queues is only in memory; a node killed before that
   * (4.0.5) makes the queue anew, which then never has a leader.
   *
   * @param atLeast so many queues are expected
   */
  public boolean hasWritten(int atLeast) throws IOException {
    try (var files = Files.find(folder.resolve("data"), 4, (path, _) -> isList(path))) {
      var list = files.findFirst();
      if (list.isEmpty()) {
        return false;
      }
      var known = Files.readString(list.get(), StandardCharsets.ISO_8859_1);
      try (var queues = Files.list(list.get().getParent()).filter(Files::isDirectory)) {
        var ids = queues.map(path -> path.getFileName().toString()).toList();
        return ids.size() >= atLeast && ids.stream().allMatch(known::contains);
      }
    }
  }

  private static boolean isList(Path path) {
    return path.endsWith("names.dets") && path.getParent().getParent().endsWith("quorum");
  }

  /**
   * Ends Erlang's port mapper, which the node started as a daemon of its own, by the command it has
   * for that; after the node has ended.
   */
  public void endPortMapper() {
    try (var socket = new Socket(InetAddress.getByName(HOST), portMapper)) {
      socket.setSoTimeout(5_000);
      socket.getOutputStream().write(new byte[] {0, 1, 'k'});
      var _ = socket.getInputStream().readAllBytes();
    } catch (IOException e) {
      // It is gone already, or the node never came so far.
      System.getLogger(RabbitNode.class.getName())
          .log(System.Logger.Level.DEBUG, "no port mapper", e);
    }
  }

  /** Not one that the system gives to connections, which could take it before the node does. */
  private static int freePort() {
    for (int tries = 0; tries < 100; tries++) {
      int port = ThreadLocalRandom.current().nextInt(15_000, 32_000);
      try (var _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return port;
      } catch (IOException taken) {
        continue;
      }
    }
    throw new IllegalStateException("no free port");
  }
}
