package dev.stint.amqp;

import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** A connection for tests, with what happened to it. */
final class Client implements AutoCloseable, ConnectionListener {
  final AmqpConnection connection;
  final List<String> events = new CopyOnWriteArrayList<>();

  private Client(AmqpConnection connection) {
    this.connection = connection;
    connection.addListener(this);
  }

  /** Connects, with attributes given as name, value, name, value. */
  static Client to(Vertx vertx, String url, String... attributes) {
    var all = new HashMap<>(Map.of("url", url, "reconnect-min", "10ms", "reconnect-max", "100ms"));
    for (int i = 0; i < attributes.length; i += 2) {
      all.put(attributes[i], attributes[i + 1]);
    }
    return new Client(AmqpConnection.open(vertx, BrokerSettings.of(ChannelConfig.of(all))));
  }

  Client awaitConnected() {
    await().until(connection::isConnected);
    return this;
  }

  CompletableFuture<Void> send(String address, String text) {
    return connection
        .sender()
        .send(OutgoingAmqp.to(address), text.getBytes(StandardCharsets.UTF_8))
        .toCompletableFuture();
  }

  /** Sends {@code 0}, {@code 1}, ... and waits until the broker has them. */
  void fill(String address, int count) {
    var sends = IntStream.range(0, count).mapToObj(i -> send(address, "" + i));
    CompletableFuture.allOf(sends.toArray(CompletableFuture<?>[]::new))
        .orTimeout(30, TimeUnit.SECONDS)
        .join();
  }

  /** A subscriber that keeps its own account. */
  Keeper keep(String address, int slots) {
    var keeper = new Keeper(slots);
    connection.receive(address).subscribe(keeper);
    return keeper;
  }

  /** A plain subscriber, that has requested so many. */
  Collector collect(String address, long demand) {
    var collector = new Collector(demand);
    connection.receive(address).subscribe(collector);
    return collector;
  }

  @Override
  public void connected() {
    events.add("connected");
  }

  @Override
  public void lost(Throwable cause) {
    events.add("lost");
  }

  @Override
  public void close() {
    connection.close().toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
  }
}
