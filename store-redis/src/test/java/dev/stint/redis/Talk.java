package dev.stint.redis;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Commands to a server of 127.0.0.1, each on a connection of its own, and the answer: a text, a
 * number, a list of such, or nothing. It knows nothing of clusters, so that tests see them as they
 * are.
 *
 * @param password of the default user; empty for none
 * @param certificate of a server that wants TLS
 */
record Talk(int port, String password, @Nullable Certificate certificate) {
  private static final int TIME_LIMIT_MILLIS = 10_000;

  /** An error that the server answered. */
  static final class ErrorAnswer extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ErrorAnswer(String message) {
      super(message);
    }
  }

  @Nullable Object command(Object... words) {
    try (var socket = connect()) {
      socket.setSoTimeout(TIME_LIMIT_MILLIS);
      var in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
      if (!password.isEmpty()) {
        say(socket, "AUTH", password);
        answer(in);
      }
      say(socket, words);
      return answer(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Socket connect() throws IOException {
    return certificate == null
        ? new Socket(InetAddress.getLoopbackAddress(), port)
        : certificate.connect(port);
  }

  private static void say(Socket socket, Object... words) throws IOException {
    var text = new StringBuilder("*" + words.length + "\r\n");
    for (Object word : words) {
      int length = word.toString().getBytes(StandardCharsets.UTF_8).length;
      text.append('$').append(length).append("\r\n").append(word).append("\r\n");
    }
    socket.getOutputStream().write(text.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static @Nullable Object answer(DataInputStream in) throws IOException {
    var line = line(in);
    var rest = line.substring(1);
    return switch (line.charAt(0)) {
      case '+' -> rest;
      case '-' -> throw new ErrorAnswer(rest);
      case ':' -> Long.valueOf(rest);
      case '$' -> rest.equals("-1") ? null : bulk(in, Integer.parseInt(rest));
      case '*' -> list(in, Integer.parseInt(rest));
      default -> throw new IOException("not an answer: " + line);
    };
  }

  private static String bulk(DataInputStream in, int length) throws IOException {
    var bytes = new byte[length];
    in.readFully(bytes);
    in.skipNBytes(2);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static List<@Nullable Object> list(DataInputStream in, int size) throws IOException {
    var list = new ArrayList<@Nullable Object>();
    for (int i = 0; i < size; i++) {
      list.add(answer(in));
    }
    return list;
  }

  private static String line(DataInputStream in) throws IOException {
    var line = new StringBuilder();
    for (int c = in.read(); c != '\r'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("the connection ended");
      }
      line.append((char) c);
    }
    in.skipNBytes(1);
    return line.toString();
  }
}
