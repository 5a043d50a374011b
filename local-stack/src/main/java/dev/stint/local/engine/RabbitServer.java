package dev.stint.local.engine;

import dev.stint.local.process.Complaint;
import dev.stint.local.process.Launch;
import dev.stint.local.process.Ports;
import dev.stint.local.process.Stage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A RabbitMQ 4 node for this machine only, with all it has in one folder, and its own user {@code
 * guest}, who may do everything and only from here.
 *
 * @param program see {@link RabbitProgram}
 * @param folder must exist
 * @param distribution the port by which Erlang nodes talk
 * @param portMapper the port of Erlang's port mapper, a daemon that the node starts
 */
public record RabbitServer(Path program, Path folder, int port, int distribution, int portMapper)
    implements LocalBroker {
  private static final String HOST = "127.0.0.1";

  /** The protocol header of SASL, which RabbitMQ wants first. */
  private static final byte[] SASL = {'A', 'M', 'Q', 'P', 3, 1, 0, 0};

  /** A node that is not there yet, on free ports. */
  public static RabbitServer in(Path folder, Path program) {
    var node = new RabbitServer(program, folder, Ports.free(), Ports.free(), Ports.free());
    try {
      Files.createDirectories(node.data());
      Files.writeString(folder.resolve("enabled_plugins"), "[].\n");
      Files.writeString(
          folder.resolve("rabbitmq.conf"),
          """
          listeners.tcp.1 = %s:%d
          # A worker that hangs without closing its socket is noticed after this.
          heartbeat = 10
          """
              .formatted(HOST, node.port));
      return node;
    } catch (IOException e) {
      throw new Complaint("cannot use the folder " + folder, e);
    }
  }

  @Override
  public Launch launch() {
    return new Launch(
        "broker",
        Stage.BROKER,
        List.of(program.toString()),
        env(),
        this::answers,
        Duration.ofSeconds(60));
  }

  @Override
  public String url(int through) {
    return "amqp://guest:guest@" + HOST + ":" + through;
  }

  @Override
  public String kind() {
    return "rabbitmq";
  }

  @Override
  public String address(String queue) {
    return "/queues/" + queue;
  }

  @Override
  public Path data() {
    return folder.resolve("data");
  }

  /** Ends Erlang's port mapper, by the command it has for that. */
  @Override
  public void close() {
    try (var socket = new Socket(InetAddress.getByName(HOST), portMapper)) {
      socket.setSoTimeout(5_000);
      socket.getOutputStream().write(new byte[] {0, 1, 'k'});
      var _ = socket.getInputStream().readAllBytes();
    } catch (IOException e) {
      // It is gone already, or the node never came so far.
      System.getLogger(RabbitServer.class.getName())
          .log(System.Logger.Level.DEBUG, "no port mapper", e);
    }
  }

  private Map<String, String> env() {
    return Map.ofEntries(
        Map.entry("HOME", folder.toString()), // Its cookie is there.
        Map.entry("RABBITMQ_NODENAME", "stint-" + port + "@localhost"),
        Map.entry("RABBITMQ_DIST_PORT", Integer.toString(distribution)),
        Map.entry("RABBITMQ_MNESIA_BASE", data().toString()),
        Map.entry("RABBITMQ_LOG_BASE", folder.toString()),
        Map.entry("RABBITMQ_LOGS", "-"),
        Map.entry("RABBITMQ_CONFIG_FILE", folder.resolve("rabbitmq.conf").toString()),
        Map.entry("RABBITMQ_ENABLED_PLUGINS_FILE", folder.resolve("enabled_plugins").toString()),
        Map.entry("RABBITMQ_CONF_ENV_FILE", "/dev/null"),
        // So that the start script becomes the Erlang machine, and a signal to it reaches that.
        Map.entry("RABBITMQ_ALLOW_INPUT", "1"),
        Map.entry("RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS", "-noinput"),
        Map.entry("ERL_EPMD_PORT", Integer.toString(portMapper)),
        Map.entry("ERL_EPMD_ADDRESS", HOST));
  }

  /** Whether it speaks AMQP 1.0: it answers the protocol header with the same. */
  private boolean answers() {
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
}
