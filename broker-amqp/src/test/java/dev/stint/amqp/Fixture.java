package dev.stint.amqp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;

/** A broker and an event loop for each test, and all clients closed at its end. */
abstract class Fixture {
  final Vertx vertx = Vertx.vertx();
  private final List<AutoCloseable> opened = new ArrayList<>();
  EmbeddedBroker broker;
  String queue;

  @BeforeEach
  void start(TestInfo test) {
    broker = EmbeddedBroker.create();
    queue = test.getTestMethod().orElseThrow().getName();
  }

  @AfterEach
  void stop() throws Exception {
    for (var item : opened.reversed()) {
      item.close();
    }
    broker.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  /** Waits until a queue has so many messages: the broker's counters follow its answers. */
  void awaitMessages(String name, long count) {
    await().untilAsserted(() -> assertThat(broker.messages(name)).isEqualTo(count));
  }

  <T extends AutoCloseable> T closing(T item) {
    opened.add(item);
    return item;
  }

  Client client(String... attributes) {
    return closing(Client.to(vertx, broker.url(), attributes)).awaitConnected();
  }
}
