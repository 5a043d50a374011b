package dev.stint.local.engine;

import dev.stint.local.broker.BrokerMain;
import dev.stint.local.process.JavaCommand;
import dev.stint.local.process.Launch;
import dev.stint.local.process.Stage;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The embedded broker in a Java process of its own: so that its processor time can be told apart,
 * and so that it can be killed as a broker can be.
 */
public record BrokerServer(Path directory, int port) implements LocalBroker {
  private static final String HOST = "127.0.0.1";
  private static final int HEAP = 512;
  private static final byte[] AMQP_1_0 = {'A', 'M', 'Q', 'P', 0, 1, 0, 0};

  @Override
  public Launch launch() {
    return new Launch(
        "broker", Stage.BROKER, command(), Map.of(), this::answers, Duration.ofSeconds(20));
  }

  public String url() {
    return url(port);
  }

  @Override
  public String url(int through) {
    return "amqp://" + HOST + ":" + through;
  }

  @Override
  public String kind() {
    return "artemis";
  }

  @Override
  public String address(String queue) {
    return queue;
  }

  @Override
  public Path data() {
    return directory;
  }

  @Override
  public void close() {
    // Nothing of it outlives its process.
  }

  private List<String> command() {
    return JavaCommand.of(
        HEAP,
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            BrokerMain.class.getName(),
            directory.toString(),
            Integer.toString(port)));
  }

  /** Whether something speaks AMQP 1.0 there: it answers the protocol header with the same. */
  private boolean answers() {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(HOST, port), 1_000);
      socket.setSoTimeout(2_000);
      socket.getOutputStream().write(AMQP_1_0);
      byte[] answer = socket.getInputStream().readNBytes(4);
      return new String(answer, StandardCharsets.US_ASCII).equals("AMQP");
    } catch (IOException e) {
      return false;
    }
  }
}
