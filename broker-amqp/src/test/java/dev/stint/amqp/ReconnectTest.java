package dev.stint.amqp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReconnectTest extends Fixture {
  @Test
  void after_a_restart_of_the_broker_links_are_open_again_and_the_unsettled_comes_back() {
    var client = client();
    client.fill(queue, 4);
    var keeper = client.keep(queue, 2);
    keeper.awaitCount(2);
    keeper.messages.getFirst().ack();
    awaitMessages(queue, 3);

    broker.stop();
    await().until(() -> client.events.contains("lost"));
    assertThat(client.connection.isConnected()).isFalse();
    broker.start();
    keeper.awaitCount(4);

    assertThat(keeper.texts()).containsExactly("0", "1", "1", "2");
    assertThat(keeper.events).containsExactly("opened", "lost", "opened");
    assertThat(client.events).containsExactly("connected", "lost", "connected");
    await().until(() -> broker.connections() == 1);
  }

  @Test
  void a_plain_subscriber_still_gets_what_it_asked_for_after_a_loss() {
    var client = client();
    client.fill(queue, 1);
    var collector = client.collect(queue, 3);
    collector.await(0).ack();
    awaitMessages(queue, 0);

    broker.cutConnections();
    await().until(() -> client.events.size() == 3);
    client.fill(queue, 4);
    collector.awaitCount(3);
    client.collect(queue, 2).awaitCount(2);

    assertThat(collector.messages).hasSize(3);
  }

  @Test
  void a_connection_cut_by_the_broker_is_made_again_and_never_twice() {
    var client = client();
    client.collect(queue, 1);
    for (int i = 1; i <= 5; i++) {
      int losses = i;
      broker.cutConnections();
      await().until(() -> client.events.size() == 2 * losses + 1);
      await().until(() -> broker.connections() == 1);
    }

    assertThat(broker.connectionsEver()).isEqualTo(6);
    await().until(() -> broker.consumers(queue) == 1);
  }

  @Test
  void those_who_throw_when_told_of_a_loss_do_not_keep_the_connection_from_coming_back() {
    var client = client();
    var first =
        new Keeper(1) {
          @Override
          public void lost(Throwable cause) {
            throw new IllegalStateException("thrown by a test");
          }
        };
    client.connection.receive(queue).subscribe(first);
    var second = client.keep(queue, 1);
    await().until(() -> broker.consumers(queue) == 2);

    broker.cutConnections();
    await().until(() -> client.events.size() == 3);

    await().until(() -> broker.consumers(queue) == 2);
    await().until(() -> second.events.size() == 3);
  }

  @Test
  void a_broker_that_dies_without_a_word_is_noticed() {
    var client = client();
    var keeper = client.keep(queue, 1);
    await().until(() -> keeper.events.contains("opened"));

    broker.stopHard();
    await().until(() -> client.events.contains("lost"));
    broker.start();
    await().until(() -> client.events.size() == 3);
    client.fill(queue, 1);

    assertThat(Collector.text(keeper.await(0))).isEqualTo("0");
  }

  @Test
  void a_broker_that_falls_silent_is_noticed_by_its_missing_heartbeat() {
    var proxy = closing(TcpProxy.before(vertx, broker.port()));
    var client = closing(Client.to(vertx, proxy.url(), "heartbeat", "400ms")).awaitConnected();

    proxy.silent(true);
    await().until(() -> client.events.contains("lost"));
    proxy.silent(false);

    await().until(client.connection::isConnected);
  }

  @Test
  void a_connection_with_nothing_to_say_is_kept_alive() {
    var client = client("heartbeat", "200ms");

    await()
        .during(Duration.ofSeconds(1))
        .atMost(Duration.ofSeconds(5))
        .until(() -> client.connection.isConnected() && client.events.size() == 1);

    assertThat(broker.connectionsEver()).isEqualTo(1);
  }

  @Test
  void a_client_started_before_its_broker_waits_for_it() {
    var late = closing(EmbeddedBroker.prepare());
    var client = closing(Client.to(vertx, late.url()));
    var keeper = client.keep(queue, 1);
    var declared = client.connection.lanes().declare(List.of(queue + ".other"));

    late.start();
    client.awaitConnected().fill(queue, 1);

    assertThat(Collector.text(keeper.await(0))).isEqualTo("0");
    assertThat(client.events).containsExactly("connected");
    assertThat(declared.toCompletableFuture()).succeedsWithin(Duration.ofSeconds(5));
    assertThat(late.messages(queue + ".other")).isZero();
    assertThat(late.messages(Lanes.DEAD_LETTERS)).isZero();
  }

  @Test
  void of_several_brokers_the_next_is_tried_when_one_is_away() {
    var away = EmbeddedBroker.prepare();

    var client = closing(Client.to(vertx, away.url() + "," + broker.url())).awaitConnected();
    client.fill(queue, 1);

    awaitMessages(queue, 1);
  }

  @Test
  void a_queue_deleted_under_its_subscriber_is_made_and_attached_again() {
    var client = client();
    var keeper = client.keep(queue, 1);
    await().until(() -> keeper.events.contains("opened"));

    broker.delete(queue);
    await().until(() -> keeper.events.size() == 3);
    client.fill(queue, 1);

    assertThat(Collector.text(keeper.await(0))).isEqualTo("0");
    assertThat(keeper.events).containsExactly("opened", "lost", "opened");
    assertThat(client.events).containsExactly("connected");
  }

  @Test
  void a_lane_that_cannot_be_attached_does_not_disturb_the_others() {
    var client = client();
    var impossible = client.keep(EmbeddedBroker.NOT_MADE + queue, 1);
    var keeper = client.keep(queue, 1);
    client.fill(queue, 1);

    keeper.awaitCount(1);
    assertThat(impossible.events).isEmpty();
    assertThat(client.events).containsExactly("connected");
  }

  @Test
  void a_closed_client_leaves_no_connection_and_makes_no_new_one() {
    var client = client();
    var collector = client.collect(queue, 1);

    client.close();
    client.close();

    await().until(() -> broker.connections() == 0);
    assertThat(collector.completed).isTrue();
    assertThat(client.events).containsExactly("connected");
    assertThat(client.send(queue, "late")).failsWithin(Duration.ofSeconds(5));
  }
}
