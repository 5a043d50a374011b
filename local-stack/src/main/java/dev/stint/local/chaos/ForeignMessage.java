package dev.stint.local.chaos;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.apache.qpid.proton.Proton;
import org.apache.qpid.proton.amqp.messaging.AmqpValue;
import org.apache.qpid.proton.amqp.messaging.Target;
import org.apache.qpid.proton.engine.Connection;
import org.apache.qpid.proton.engine.Delivery;
import org.apache.qpid.proton.engine.Transport;
import org.apache.qpid.proton.message.Message;

/** A message that is no job, put on a queue of the broker by someone who has no business there. */
final class ForeignMessage {
  private static final int TIMEOUT_MILLIS = 5_000;
  private static final int BUFFER = 4_096;

  private ForeignMessage() {}

  /**
   * Returns when the broker has it; if there is no broker, nothing is sent.
   *
   * @return whether it was sent
   */
  static boolean send(int port, String address) {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      var transport = Proton.transport();
      transport.sasl().client();
      transport.sasl().setMechanisms("ANONYMOUS");
      var connection = Proton.connection();
      connection.setContainer("chaos-" + socket.getLocalPort());
      transport.bind(connection);
      connection.open();
      exchange(socket, transport, put(connection, address));
      return true;
    } catch (IOException away) {
      return false;
    }
  }

  private static Delivery put(Connection connection, String address) {
    var session = connection.session();
    session.open();
    var sender = session.sender("foreign");
    var target = new Target();
    target.setAddress(address);
    sender.setTarget(target);
    sender.open();
    var delivery = sender.delivery("1".getBytes(StandardCharsets.US_ASCII));
    Message message = Proton.message();
    message.setDurable(true);
    message.setBody(new AmqpValue("not a job of ours"));
    var bytes = new byte[BUFFER];
    sender.send(bytes, 0, message.encode(bytes, 0, bytes.length));
    sender.advance();
    return delivery;
  }

  private static void exchange(Socket socket, Transport transport, Delivery delivery)
      throws IOException {
    var in = new byte[BUFFER];
    while (delivery.getRemoteState() == null) {
      flush(socket, transport);
      int count = socket.getInputStream().read(in, 0, Math.min(BUFFER, transport.capacity()));
      if (count < 0) {
        throw new IOException("the broker closed the connection");
      }
      transport.tail().put(in, 0, count);
      transport.process();
    }
  }

  private static void flush(Socket socket, Transport transport) throws IOException {
    for (int pending = transport.pending(); pending > 0; pending = transport.pending()) {
      var out = new byte[pending];
      transport.head().get(out);
      transport.pop(pending);
      socket.getOutputStream().write(out);
    }
  }
}
