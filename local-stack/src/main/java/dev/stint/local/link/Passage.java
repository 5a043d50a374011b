package dev.stint.local.link;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;

/** One connection through a link: two streams, each carried on by a thread of its own. */
final class Passage {
  private static final int BUFFER = 16 * 1024;

  private final Socket client;
  private final Socket server;

  Passage(Socket client, Socket server) {
    this.client = client;
    this.server = server;
  }

  /** Carries both streams until one of them ends. */
  void run(InetSocketAddress target, Gate requests, Gate answers) throws IOException {
    pass(requests);
    server.connect(target);
    client.setTcpNoDelay(true);
    server.setTcpNoDelay(true);
    var back = Thread.ofVirtual().name("link").start(() -> carry(server, client, answers));
    carry(client, server, requests);
    try {
      back.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Resets both sides: what is under way is lost, as on a broken path. */
  void close() {
    reset(client);
    reset(server);
  }

  private void carry(Socket from, Socket to, Gate gate) {
    var buffer = new byte[BUFFER];
    try {
      while (true) {
        int count = from.getInputStream().read(buffer);
        pass(gate);
        if (count < 0) {
          break;
        }
        to.getOutputStream().write(buffer, 0, count);
      }
    } catch (IOException broken) {
      // One side is gone: so is the other.
    }
    close();
  }

  private static void pass(Gate gate) throws IOException {
    try {
      gate.pass();
    } catch (InterruptedException e) {
      throw new IOException("the link is closed", e);
    }
  }

  private static void reset(Socket socket) {
    try {
      if (!socket.isClosed()) {
        socket.setSoLinger(true, 0);
      }
      socket.close();
    } catch (IOException gone) {
      // It was closed already.
    }
  }
}
