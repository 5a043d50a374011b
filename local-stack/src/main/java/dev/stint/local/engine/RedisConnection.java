package dev.stint.local.engine;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * As much of a Redis client as is needed to look at a server: commands without arguments that hold
 * line ends. For one thread.
 */
public final class RedisConnection implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 2_000;

  private final Socket socket;
  private final InputStream in;

  public RedisConnection(String host, int port) throws IOException {
    socket = new Socket();
    try {
      socket.connect(new InetSocketAddress(host, port), TIMEOUT_MILLIS);
      socket.setSoTimeout(TIMEOUT_MILLIS);
      in = new BufferedInputStream(socket.getInputStream());
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /** Whether a server answers there, and has loaded its data. */
  public static boolean answers(String host, int port) {
    try (var redis = new RedisConnection(host, port)) {
      return redis.call("PING").equals("PONG");
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Sends an inline command; the answer's text.
   *
   * @throws IOException if there is no answer, or it is an error
   */
  public String call(String command) throws IOException {
    socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.UTF_8));
    String line = line();
    return switch (line.charAt(0)) {
      case '+', ':' -> line.substring(1);
      case '$' -> bulk(Integer.parseInt(line.substring(1)));
      default -> throw new IOException("Redis answers " + line);
    };
  }

  /**
   * Sends an inline command; the texts of the answer, those of arrays in arrays among them, in
   * order.
   *
   * @throws IOException if there is no answer, or it is an error
   */
  public List<String> list(String command) throws IOException {
    socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.UTF_8));
    var texts = new ArrayList<String>();
    read(texts);
    return texts;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private void read(List<String> texts) throws IOException {
    String line = line();
    switch (line.charAt(0)) {
      case '*' -> {
        for (int left = Integer.parseInt(line.substring(1)); left > 0; left--) {
          read(texts);
        }
      }
      case '+', ':' -> texts.add(line.substring(1));
      case '$' -> texts.add(bulk(Integer.parseInt(line.substring(1))));
      default -> throw new IOException("Redis answers " + line);
    }
  }

  private String bulk(int length) throws IOException {
    if (length < 0) {
      return "";
    }
    String text = new String(in.readNBytes(length), StandardCharsets.UTF_8);
    line();
    return text;
  }

  private String line() throws IOException {
    var line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new IOException("Redis closed the connection");
      }
      line.append((char) c);
    }
    return line.toString().strip();
  }
}
