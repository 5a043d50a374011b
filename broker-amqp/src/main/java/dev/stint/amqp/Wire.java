package dev.stint.amqp;

import io.netty.buffer.ByteBuf;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.impl.NetSocketInternal;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.qpid.proton.Proton;
import org.apache.qpid.proton.amqp.Symbol;
import org.apache.qpid.proton.amqp.transport.ErrorCondition;
import org.apache.qpid.proton.engine.Collector;
import org.apache.qpid.proton.engine.Connection;
import org.apache.qpid.proton.engine.EndpointState;
import org.apache.qpid.proton.engine.Event;
import org.apache.qpid.proton.engine.Link;
import org.apache.qpid.proton.engine.Sasl;
import org.apache.qpid.proton.engine.Sender;
import org.apache.qpid.proton.engine.Session;
import org.apache.qpid.proton.engine.Transport;
import org.apache.qpid.proton.engine.TransportException;
import org.apache.qpid.proton.engine.impl.TransportInternal;
import org.jspecify.annotations.Nullable;

/**
 * One AMQP connection over one socket, from its handshake to its end: feeds what arrives to
 * proton-j's protocol engine, tells the engine's events to the owners of the links, and writes what
 * the engine has to say. For the event loop only.
 */
final class Wire {
  private static final int MAX_FRAME = 64 * 1024;
  private static final EnumSet<EndpointState> ANY = EnumSet.allOf(EndpointState.class);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);

  /** What becomes of the connection. */
  interface Events {
    /** The socket is connected and the handshake begins. */
    void began(Wire wire);

    /** The handshake is done. */
    void opened(Wire wire);

    /** The socket is closed, after or before the handshake. The last call. */
    void ended(Wire wire, Throwable cause);
  }

  private final Loop loop;
  private final NetSocketInternal socket;
  private final Events events;
  private final Transport transport = Proton.transport();
  private final Connection connection = Proton.connection();
  private final Collector collector = Proton.collector();
  private @Nullable Throwable failure;
  private boolean ended;
  private int linkNumber;
  private long ticker;

  Wire(Loop loop, NetSocketInternal socket, Events events) {
    this.loop = loop;
    this.socket = socket;
    this.events = events;
  }

  /** Begins the handshake, which has to be done within the heartbeat. */
  void open(BrokerUrl url, BrokerSettings settings) {
    transport.setMaxFrameSize(MAX_FRAME);
    transport.setOutboundFrameSizeLimit(MAX_FRAME);
    transport.setEmitFlowEventOnSend(false);
    transport.setIdleTimeout((int) settings.heartbeat().toMillis());
    ((TransportInternal) transport).setUseReadOnlyOutputBuffer(false);
    authenticate(transport.sasl(), url);
    transport.bind(connection);
    connection.collect(collector);
    connection.setContainer(settings.containerId());
    connection.setHostname(url.hostname());
    connection.setProperties(Map.of(Symbol.valueOf("product"), "stint"));
    connection.open();
    socket.handler(bytes -> loop.turn(() -> received(bytes)));
    socket.exceptionHandler(this::failed);
    socket.closeHandler(_ -> loop.turn(this::socketClosed));
    events.began(this);
    tick();
  }

  private static void authenticate(Sasl sasl, BrokerUrl url) {
    sasl.client();
    if (url.user() == null) {
      sasl.setMechanisms("ANONYMOUS");
    } else {
      sasl.plain(url.user(), url.password() == null ? "" : url.password());
    }
  }

  boolean hasEnded() {
    return ended;
  }

  Session session() {
    var session = connection.session();
    session.open();
    return session;
  }

  /** A name for the next link, unique on this connection. */
  String linkName(String address) {
    return address + "#" + ++linkNumber;
  }

  static void release(Session session) {
    session.close();
    session.free();
  }

  /** Closes a link; its owner hears of it no more. */
  static void release(Link link) {
    link.setContext(null);
    link.close();
    link.free();
  }

  /** Says goodbye, and closes the socket when the broker has answered. */
  void close() {
    connection.close();
    loop.after(CLOSE_TIMEOUT, this::abort);
  }

  /** Closes the socket without waiting for anything. */
  private void abort() {
    flush();
    // Not socket.close(): it waits until everything is written, on a dead connection for ever.
    socket.channelHandlerContext().channel().close();
  }

  private void failed(Throwable cause) {
    if (failure == null) {
      failure = cause;
    }
  }

  /** Writes what the engine has to say. */
  void flush() {
    while (!ended && transport.pending() > 0) {
      ByteBuffer out = transport.getOutputBuffer();
      ByteBuf copy = socket.channelHandlerContext().alloc().buffer(out.remaining());
      copy.writeBytes(out);
      socket.writeMessage(copy);
      transport.outputConsumed();
    }
  }

  private void received(Buffer bytes) {
    if (ended || failure != null) {
      return;
    }
    try {
      feed(bytes.getByteBuf());
    } catch (TransportException e) {
      failed(e);
    }
    var outcome = transport.sasl().getOutcome();
    if (outcome != Sasl.PN_SASL_NONE && outcome != Sasl.PN_SASL_OK) {
      failed(new AmqpException("the broker refused user and password: " + outcome));
    }
    for (Event event = collector.peek(); event != null; event = collector.peek()) {
      var next = event;
      loop.turn(() -> handle(next));
      collector.pop();
    }
    if (failure != null) {
      abort();
    }
  }

  private void feed(ByteBuf data) {
    while (data.isReadable()) {
      ByteBuffer tail = transport.tail();
      int amount = Math.min(tail.remaining(), data.readableBytes());
      tail.limit(tail.position() + amount);
      data.readBytes(tail);
      transport.process();
    }
  }

  private void handle(Event event) {
    switch (event.getType()) {
      case CONNECTION_REMOTE_OPEN -> remotelyOpened();
      case CONNECTION_REMOTE_CLOSE -> remotelyClosed();
      case SESSION_REMOTE_CLOSE -> sessionEnded(event.getSession());
      case LINK_REMOTE_OPEN -> linkOpened(event.getLink());
      case LINK_REMOTE_DETACH, LINK_REMOTE_CLOSE ->
          linkGone(event.getLink(), problem(event.getLink().getRemoteCondition(), "link detached"));
      case LINK_FLOW -> {
        if (event.getLink().getContext() instanceof LinkEvents link) {
          link.flow();
        }
      }
      case DELIVERY -> {
        if (event.getLink().getContext() instanceof LinkEvents link) {
          link.delivery(event.getDelivery());
        }
      }
      default -> {}
    }
  }

  /** A broker that refuses a link answers with an end that has no address, and then detaches it. */
  private static void linkOpened(Link link) {
    boolean refused =
        link instanceof Sender ? link.getRemoteTarget() == null : link.getRemoteSource() == null;
    if (!refused && link.getContext() instanceof LinkEvents owner) {
      owner.opened();
    }
  }

  private void linkGone(Link link, Throwable cause) {
    var context = link.getContext();
    release(link);
    if (context instanceof LinkEvents owner) {
      loop.turn(() -> owner.gone(cause));
    }
  }

  private void sessionEnded(Session session) {
    var cause = problem(session.getRemoteCondition(), "session ended");
    linksGone(session, cause);
    release(session);
  }

  private void linksGone(@Nullable Session session, Throwable cause) {
    var links = new ArrayList<Link>();
    for (Link link = connection.linkHead(ANY, ANY); link != null; link = link.next(ANY, ANY)) {
      if (session == null || link.getSession() == session) {
        links.add(link);
      }
    }
    links.forEach(link -> linkGone(link, cause));
  }

  private void remotelyOpened() {
    // Only now it is known how often the broker wants to hear from us.
    loop.cancel(ticker);
    tick();
    events.opened(this);
  }

  private void remotelyClosed() {
    if (connection.getLocalState() != EndpointState.CLOSED) {
      failed(problem(connection.getRemoteCondition(), "the broker closed the connection"));
      connection.close();
    }
    abort();
  }

  private void socketClosed() {
    ended = true;
    var cause = failure != null ? failure : new AmqpException("the connection was cut");
    linksGone(null, cause);
    events.ended(this, cause);
  }

  /** Sends empty frames when the broker needs them, and notices when the broker sends none. */
  private void tick() {
    if (ended) {
      return;
    }
    long now = TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    long deadline = transport.tick(now);
    if (transport.isClosed() || connection.getCondition().getCondition() != null) {
      failed(new AmqpException("the broker was silent for longer than the heartbeat"));
      abort();
    } else if (deadline != 0) {
      ticker = loop.after(Duration.ofMillis(deadline - now), this::tick);
    }
  }

  static Throwable problem(@Nullable ErrorCondition condition, String otherwise) {
    if (condition == null || condition.getCondition() == null) {
      return new AmqpException(otherwise);
    }
    return new AmqpException(condition.getCondition(), condition.getDescription());
  }
}
