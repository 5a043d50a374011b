package dev.stint.local.link;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A TCP path to a server, through a port of its own, that can be cut and frozen. A cut path resets
 * its connections and takes no new ones, as when a firewall or the peer's machine says no. A frozen
 * one keeps its connections and lets nothing through, as when packets are lost; of one that is half
 * frozen only the answers are held back. Safe for many threads; what has been sent is delivered in
 * order or not at all.
 */
public final class FaultyLink implements AutoCloseable {
  private final InetSocketAddress target;
  private final ServerSocket server;
  private final Set<Passage> passages = ConcurrentHashMap.newKeySet();
  private final Gate requests = new Gate();
  private final Gate answers = new Gate();
  private volatile boolean cut;

  private FaultyLink(InetSocketAddress target, ServerSocket server) {
    this.target = target;
    this.server = server;
  }

  /** Opens a path to a port of 127.0.0.1, which need not be open yet. */
  public static FaultyLink to(int port) {
    try {
      var address = InetAddress.getLoopbackAddress();
      var link =
          new FaultyLink(new InetSocketAddress(address, port), new ServerSocket(0, 128, address));
      Thread.ofVirtual().name("link").start(link::serve);
      return link;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where clients connect to, on 127.0.0.1. */
  public int port() {
    return server.getLocalPort();
  }

  /** How many connections there are. */
  public int connections() {
    return passages.size();
  }

  /** Resets all connections, and each new one, until it is mended. */
  public void cut() {
    cut = true;
    passages.forEach(Passage::close);
  }

  /** Lets nothing through, in either direction, until it is mended. */
  public void freeze() {
    requests.shut();
    answers.shut();
  }

  /** Lets the server hear its clients, and them hear nothing, until it is mended. */
  public void freezeAnswers() {
    answers.shut();
  }

  /** As if nothing had been: what was held back while frozen goes on. */
  public void mend() {
    cut = false;
    requests.open();
    answers.open();
  }

  @Override
  public void close() {
    cut();
    requests.open();
    answers.open();
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void serve() {
    while (!server.isClosed()) {
      try {
        var client = server.accept();
        Thread.ofVirtual().name("link").start(() -> pass(client));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void pass(Socket client) {
    var passage = new Passage(client, new Socket());
    passages.add(passage);
    try {
      if (cut) {
        return;
      }
      passage.run(target, requests, answers);
    } catch (IOException refused) {
      // The server is away: the client hears a reset.
    } finally {
      passage.close();
      passages.remove(passage);
    }
  }
}
