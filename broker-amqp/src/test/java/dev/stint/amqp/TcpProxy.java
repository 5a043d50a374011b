package dev.stint.amqp;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Stands between client and broker, and can fall silent without closing anything. */
final class TcpProxy implements AutoCloseable {
  private final NetServer server;
  private final Queue<NetSocket> sockets = new ConcurrentLinkedQueue<>();
  private volatile boolean silent;

  private TcpProxy(Vertx vertx, int target) {
    var client = vertx.createNetClient();
    server =
        vertx
            .createNetServer()
            .connectHandler(in -> {
              in.pause();
              client
                  .connect(target, "127.0.0.1")
                  .onSuccess(out -> join(in, out))
                  .onFailure(_ -> in.close());
            });
  }

  static TcpProxy before(Vertx vertx, int target) {
    var proxy = new TcpProxy(vertx, target);
    proxy.server.listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture().join();
    return proxy;
  }

  private void join(NetSocket in, NetSocket out) {
    sockets.add(in);
    sockets.add(out);
    forward(in, out);
    forward(out, in);
    in.resume();
  }

  private void forward(NetSocket from, NetSocket to) {
    from.handler(bytes -> {
      if (!silent) {
        to.write(bytes);
      }
    });
    from.closeHandler(_ -> to.close());
  }

  String url() {
    return "amqp://127.0.0.1:" + server.actualPort();
  }

  /** From now on (or no longer) everything is swallowed, in both directions. */
  void silent(boolean yes) {
    silent = yes;
  }

  @Override
  public void close() {
    sockets.forEach(NetSocket::close);
    server.close().toCompletionStage().toCompletableFuture().join();
  }
}
