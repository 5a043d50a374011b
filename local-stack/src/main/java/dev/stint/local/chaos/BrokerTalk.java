package dev.stint.local.chaos;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.function.BooleanSupplier;
import org.apache.qpid.proton.Proton;
import org.apache.qpid.proton.engine.Connection;
import org.apache.qpid.proton.engine.EndpointState;
import org.apache.qpid.proton.engine.Link;
import org.apache.qpid.proton.engine.Session;
import org.apache.qpid.proton.engine.Transport;

/** A connection to the broker, of someone who is no part of Stint. For one thread. */
final class BrokerTalk implements AutoCloseable {
  /** Of the longest message there is here. */
  static final int BUFFER = 1 << 16;

  private static final int TIMEOUT_MILLIS = 5_000;

  private final Socket socket;
  private final Transport transport = Proton.transport();
  private final Connection connection = Proton.connection();
  private final byte[] in = new byte[BUFFER];

  private BrokerTalk(Socket socket) {
    this.socket = socket;
  }

  /**
   * @throws IOException if there is no broker
   */
  static BrokerTalk to(int port) throws IOException {
    var socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(TIMEOUT_MILLIS);
    var talk = new BrokerTalk(socket);
    talk.transport.sasl().client();
    talk.transport.sasl().setMechanisms("ANONYMOUS");
    talk.connection.setContainer("chaos-" + socket.getLocalPort());
    talk.transport.bind(talk.connection);
    talk.connection.open();
    return talk;
  }

  Session session() {
    var session = connection.session();
    session.open();
    return session;
  }

  /**
   * Talks until something has come about.
   *
   * @throws IOException if the broker ends the talk before, closes the link, or is silent
   */
  void until(Link link, BooleanSupplier done) throws IOException {
    while (!done.getAsBoolean()) {
      if (link.getRemoteState() == EndpointState.CLOSED) {
        throw new IOException("the broker closed the link: " + link.getRemoteCondition());
      }
      flush();
      int count = socket.getInputStream().read(in, 0, Math.min(BUFFER, transport.capacity()));
      if (count < 0) {
        throw new IOException("the broker closed the connection");
      }
      transport.tail().put(in, 0, count);
      transport.process();
    }
    flush();
  }

  @Override
  public void close() throws IOException {
    try (socket) {
      connection.close();
      flush();
    }
  }

  private void flush() throws IOException {
    for (int pending = transport.pending(); pending > 0; pending = transport.pending()) {
      var out = new byte[pending];
      transport.head().get(out);
      transport.pop(pending);
      socket.getOutputStream().write(out);
    }
  }
}
