package dev.stint.local.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * TCP ports of 127.0.0.1, remembered in a folder, so that a server keeps its port over restarts as
 * long as nobody else takes it.
 */
public final class Ports {
  private static final int REMEMBERED = 1_000;
  private static final int LOWEST = 15_000;
  private static final int BEYOND = 32_000;
  private static final int TRIES = 100;

  /** Ports that were told free lately: whoever asked may not listen yet. */
  private static final Set<Integer> TOLD = new LinkedHashSet<>();

  private final Path folder;

  public Ports(Path folder) {
    this.folder = folder;
  }

  /** The port that this name had before, if it is free; else a new one. */
  public int of(String name) {
    Path file = folder.resolve(name + ".port");
    try {
      if (Files.exists(file)) {
        int before = Integer.parseInt(Files.readString(file).strip());
        if (isFree(before)) {
          return before;
        }
      }
      int port = free();
      Files.createDirectories(folder);
      Files.writeString(file, port + "\n");
      return port;
    } catch (NumberFormatException e) {
      throw new Complaint("not a port number in " + file, e);
    } catch (IOException e) {
      throw new Complaint("cannot keep a port in " + file, e);
    }
  }

  /** A port that nobody listens on now, and that this process was not told of just before. */
  public static int free() {
    int port = anyFree();
    while (!isNews(port)) {
      port = anyFree();
    }
    return port;
  }

  /**
   * Outside of what the system gives to connections by itself (Linux: from 32768, others: from
   * 49152), or one of these could take it before the server does, or between its restarts.
   */
  private static int anyFree() {
    for (int tries = 0; tries < TRIES; tries++) {
      int port = ThreadLocalRandom.current().nextInt(LOWEST, BEYOND);
      if (isFree(port)) {
        return port;
      }
    }
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isNews(int port) {
    synchronized (TOLD) {
      boolean news = TOLD.add(port);
      if (TOLD.size() > REMEMBERED) {
        TOLD.remove(TOLD.iterator().next());
      }
      return news;
    }
  }

  public static boolean isFree(int port) {
    try (var socket = new ServerSocket()) {
      // As servers do: a port whose last connections are in TIME_WAIT counts as free.
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
