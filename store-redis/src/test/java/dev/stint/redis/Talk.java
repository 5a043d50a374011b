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
 * One command to a server of 127.0.0.1, on a connection of its own, and the answer: a text, a
 * number, a list of such, or nothing. It knows nothing of clusters, so that tests see them as they
 * are.
 */
final class Talk {
  private static final int TIME_LIMIT_MILLIS = 10_000;

  private Talk() {}

  /** An error that the server answered. */
  static final class ErrorAnswer extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ErrorAnswer(String message) {
      super(message);
    }
  }

  static @Nullable Object command(int port, Object... words) {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(TIME_LIMIT_MILLIS);
      var text = new StringBuilder("*" + words.length + "\r\n");
      for (Object word : words) {
        int length = word.toString().getBytes(StandardCharsets.UTF_8).length;
        text.append('$').append(length).append("\r\n").append(word).append("\r\n");
      }
      socket.getOutputStream().write(text.toString().getBytes(StandardCharsets.UTF_8));
      return answer(new DataInputStream(new BufferedInputStream(socket.getInputStream())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
