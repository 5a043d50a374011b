package dev.stint.amqp;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.eclipse.microprofile.reactive.messaging.Message;

/**
 * The one connection of this process to its broker. It connects by itself, again and again with
 * growing waits, until it is closed; everything made from it survives a reconnect. For any thread;
 * all callbacks run on one event loop.
 */
public final class AmqpConnection {
  /** Starts connecting and returns at once. */
  public static AmqpConnection open(Vertx vertx, BrokerSettings settings) {
    throw new UnsupportedOperationException();
  }

  /** Whether it stands now and lanes are declared. */
  public boolean isConnected() {
    return false;
  }

  /** Is told from now on; at once ({@code connected}) if the connection stands. */
  public void addListener(ConnectionListener listener) {}

  public void removeListener(ConnectionListener listener) {}

  /** The event loop that all callbacks run on. */
  public Context context() {
    throw new UnsupportedOperationException();
  }

  /**
   * Runs a task on the event loop: at once if called from there. What tasks of one turn send,
   * request and settle goes out in one write.
   */
  public void execute(Runnable task) {}

  /**
   * Messages of an address, by credit. Each subscriber gets a link of its own and a {@link
   * CreditSubscription}; see {@link CreditSubscriber} for one that keeps account itself. The stream
   * ends with {@code onComplete} when this connection is closed, and has no other end.
   */
  public Flow.Publisher<Message<byte[]>> receive(String address) {
    throw new UnsupportedOperationException();
  }

  public ConfirmedSender sender() {
    throw new UnsupportedOperationException();
  }

  public Lanes lanes() {
    throw new UnsupportedOperationException();
  }

  /**
   * Closes for good: settlements made before are written and processed by the broker before the
   * stage completes (at most a second is waited for it), sends not yet confirmed fail, deliveries
   * not settled go back.
   */
  public CompletionStage<Void> close() {
    throw new UnsupportedOperationException();
  }
}
