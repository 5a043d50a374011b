package dev.stint.amqp;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.impl.NetSocketInternal;
import org.jboss.logging.Logger;

/**
 * Connects to the broker's URLs in turn, for ever, one try at a time, with growing waits once all
 * of them have been tried. For the event loop only.
 */
final class Dialer {
  private static final Logger LOG = Logger.getLogger(Dialer.class);

  private final Loop loop;
  private final BrokerSettings settings;
  private final Backoff backoff;
  private final Wire.Events events;
  private final NetClient client;
  private int tries;
  private boolean stopped;

  Dialer(Vertx vertx, Loop loop, BrokerSettings settings, Backoff backoff, Wire.Events events) {
    this.loop = loop;
    this.settings = settings;
    this.backoff = backoff;
    this.events = events;
    this.client = vertx.createNetClient(options(settings));
  }

  private static NetClientOptions options(BrokerSettings settings) {
    var options =
        new NetClientOptions()
            .setConnectTimeout((int) settings.heartbeat().toMillis())
            .setSsl(settings.urls().getFirst().tls())
            .setHostnameVerificationAlgorithm("HTTPS")
            .setTcpNoDelay(true);
    var authorities = settings.authorities();
    if (authorities != null) {
      options.setTrustOptions(authorities.trust());
    }
    return options;
  }

  void dial() {
    if (stopped) {
      return;
    }
    var url = settings.urls().get(tries++ % settings.urls().size());
    client
        .connect(url.port(), url.host())
        .onComplete(result ->
            loop.turn(() -> {
              if (result.succeeded()) {
                connected(result.result(), url);
              } else {
                failed(result.cause());
              }
            }));
  }

  private void connected(NetSocket socket, BrokerUrl url) {
    if (stopped) {
      socket.close();
    } else if (socket.localAddress().equals(socket.remoteAddress())) {
      // While nobody listens, TCP may join a port of this machine to itself, and keep it from the
      // broker.
      socket.close();
      failed(new AmqpException("nobody listens"));
    } else {
      new Wire(loop, (NetSocketInternal) socket, events).open(url, settings);
    }
  }

  /** A try failed, or the connection was lost: tries the next URL after a wait. */
  void failed(Throwable cause) {
    if (stopped) {
      return;
    }
    if (tries == 1) {
      // Only the first failure is a change.
      LOG.warnf("broker not reached urls=%s cause=%s", settings.urls(), cause.getMessage());
    }
    int round = Math.max(0, tries - 1) / settings.urls().size();
    loop.after(backoff.before(round), this::dial);
  }

  /** The connection stands: the next try will be the first again. */
  void succeeded() {
    tries = 0;
  }

  /** No more tries. */
  void stop() {
    stopped = true;
  }

  /** Closes the client, and with it a socket that is still open. */
  void close() {
    client.close();
  }
}
