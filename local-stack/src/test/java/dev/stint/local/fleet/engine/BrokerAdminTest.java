package dev.stint.local.fleet.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stint.amqp.EmbeddedBroker;
import io.vertx.core.Vertx;
import io.vertx.proton.ProtonClient;
import org.apache.qpid.proton.Proton;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On Artemis; the end-to-end tests on a given RabbitMQ are the test there. */
class BrokerAdminTest {
  private final Vertx vertx = Vertx.vertx();
  private EmbeddedBroker broker;

  @BeforeEach
  void start() {
    broker = EmbeddedBroker.create();
  }

  @AfterEach
  void stop() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
    broker.close();
  }

  @Test
  void it_knows_an_artemis() throws Exception {
    try (var admin = BrokerAdmin.connect(broker.url())) {
      assertThat(admin.kind()).isEqualTo("artemis");
    }
  }

  @Test
  void a_queue_is_removed_with_what_is_in_it_and_others_stay() throws Exception {
    send("stint.mine");
    send("stint.others");
    await().until(() -> broker.messages("stint.mine") == 1 && broker.messages("stint.others") == 1);

    try (var admin = BrokerAdmin.connect(broker.url())) {
      admin.remove("stint.mine");
      admin.remove("stint.not-there");
    }

    assertThat(broker.messages("stint.mine")).isEqualTo(-1);
    assertThat(broker.messages("stint.others")).isEqualTo(1);
  }

  private void send(String address) {
    ProtonClient.create(vertx)
        .connect(
            "127.0.0.1",
            broker.port(),
            connected -> {
              var connection = connected.result().open();
              var sender = connection.createSender(address);
              sender.openHandler(_ -> sender.send(Proton.message())).open();
            });
  }
}
