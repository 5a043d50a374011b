package dev.stint.amqp;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The one connection of this process to its broker. It connects by itself, again and again with
 * growing waits, until it is closed; everything made from it survives a reconnect. For any thread;
 * all callbacks run on one event loop.
 */
public final class AmqpConnection {
  private static final Logger LOG = Logger.getLogger(AmqpConnection.class);

  private final BrokerSettings settings;
  private final Loop loop;
  private final Dialer dialer;
  private final Lanes lanes;
  private final Inbox inbox;
  private final ConfirmedSender sender;
  private final List<ConnectionListener> listeners = new CopyOnWriteArrayList<>();
  private final CompletableFuture<Void> closed = new CompletableFuture<>();
  private @Nullable Wire wire;
  private boolean closing;
  private volatile boolean connected;

  private AmqpConnection(Vertx vertx, BrokerSettings settings) {
    this.settings = settings;
    var backoff =
        new Backoff(settings.reconnectMin(), settings.reconnectMax(), new SplittableRandom());
    loop = new Loop(vertx, this::flush);
    lanes = new Lanes(loop, settings);
    inbox = new Inbox(loop, settings.kind(), lanes, backoff);
    sender = new ConfirmedSender(loop, settings);
    dialer = new Dialer(vertx, loop, settings, backoff, new Progress());
  }

  /** Starts connecting and returns at once. */
  public static AmqpConnection open(Vertx vertx, BrokerSettings settings) {
    var connection = new AmqpConnection(vertx, settings);
    connection.loop.execute(connection.dialer::dial);
    return connection;
  }

  /** Whether it stands now and lanes are declared. */
  public boolean isConnected() {
    return connected;
  }

  /** Is told from now on; soon ({@code connected}) if the connection stands. */
  public void addListener(ConnectionListener listener) {
    loop.execute(() -> {
      listeners.add(listener);
      if (connected) {
        listener.connected();
      }
    });
  }

  public void removeListener(ConnectionListener listener) {
    listeners.remove(listener);
  }

  /** The event loop that all callbacks run on. */
  public Context context() {
    return loop.context();
  }

  /**
   * Runs a task on the event loop: at once if called from a callback or task of this connection.
   * What the tasks of one turn send, request and settle goes out in one write.
   */
  public void execute(Runnable task) {
    loop.execute(task);
  }

  /**
   * Messages of an address, by credit. Each subscriber gets a link of its own and a {@link
   * CreditSubscription}; see {@link CreditSubscriber} for one that keeps account itself. The queue
   * is declared before the link is opened. The stream ends with {@code onComplete} when this
   * connection is closed, and has no other end.
   */
  public Flow.Publisher<Message<byte[]>> receive(String address) {
    return inbox.publisher(address);
  }

  public ConfirmedSender sender() {
    return sender;
  }

  public Lanes lanes() {
    return lanes;
  }

  /**
   * Closes for good: settlements made before have been read by the broker when the stage completes
   * (at most a second is waited for it), sends not yet confirmed fail, deliveries not settled go
   * back.
   */
  public CompletionStage<Void> close() {
    loop.execute(() -> {
      if (closing) {
        return;
      }
      closing = true;
      dialer.stop();
      inbox.close();
      if (wire != null) {
        wire.close();
      } else {
        dialer.close();
        closed.complete(null);
      }
    });
    return closed.minimalCompletionStage();
  }

  private void flush() {
    if (wire != null) {
      wire.flush();
    }
  }

  private void announce(Wire opened) {
    if (opened.hasEnded() || closing) {
      return;
    }
    dialer.succeeded();
    connected = true;
    LOG.infof("broker connected container=%s", settings.containerId());
    sender.connected(opened);
    inbox.connected(opened);
    listeners.forEach(listener -> loop.turn(listener::connected));
  }

  private void lost(Throwable cause) {
    if (connected) {
      connected = false;
      LOG.warnf("broker lost cause=%s", cause.getMessage());
      listeners.forEach(listener -> loop.turn(() -> listener.lost(cause)));
    }
  }

  /** What the connection that is being made, or stands, goes through. */
  private final class Progress implements Wire.Events {
    @Override
    public void began(Wire begun) {
      wire = begun;
    }

    @Override
    public void opened(Wire opened) {
      lanes.connected(opened).thenRun(() -> announce(opened));
    }

    @Override
    public void ended(Wire gone, Throwable cause) {
      wire = null;
      lanes.lost();
      inbox.lost();
      sender.lost();
      if (closing) {
        connected = false;
        dialer.close();
        closed.complete(null);
      } else {
        lost(cause);
        dialer.failed(cause);
      }
    }
  }
}
