package dev.stint.amqp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** What the connector promises, on RabbitMQ 4 with quorum queues. */
@Tag("rabbitmq")
@TestInstance(Lifecycle.PER_CLASS)
class RabbitTest {
  private static final Throwable REASON = new IllegalStateException("given back by a test");

  /** Deliveries after which a quorum queue drops a message if nobody says otherwise. */
  private static final int BROKERS_OWN_LIMIT = 20;

  private final Vertx vertx = Vertx.vertx();
  private final List<AutoCloseable> opened = new ArrayList<>();
  private RabbitProcess broker;
  private String queue;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    broker = RabbitProcess.start(folder);
  }

  @BeforeEach
  void name(TestInfo test) {
    queue = "stint.test." + test.getTestMethod().orElseThrow().getName();
  }

  @AfterEach
  void closeClients() throws Exception {
    for (var item : opened.reversed()) {
      item.close();
    }
    opened.clear();
  }

  @AfterAll
  void stop() throws Exception {
    broker.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private Client client() {
    return connect(broker.url()).awaitConnected();
  }

  private Client connect(String url) {
    var client = Client.to(vertx, url, "kind", "rabbitmq");
    opened.add(client);
    return client;
  }

  /** A client that has the queue made, so that it can be sent to. */
  private Client declaring() {
    var client = client();
    client.connection.lanes().declare(List.of(queue)).toCompletableFuture().join();
    return client;
  }

  @Test
  void no_more_is_held_than_was_granted_however_many_are_queued() {
    var client = declaring();
    client.fill(queue, 1_000);

    var collector = client.collect(queue, 4);
    collector.awaitCount(4);
    client.collect(queue, 996).awaitCount(996);

    assertThat(collector.messages).hasSize(4);
  }

  @Test
  void revoked_credit_brings_no_message_and_they_go_to_another_receiver() {
    var client = declaring();
    var first = client.keep(queue, 10);
    await().until(() -> first.events.contains("opened"));

    first.subscription.revoke().toCompletableFuture().orTimeout(5, TimeUnit.SECONDS).join();
    client.fill(queue, 10);
    var second = client.collect(queue, 10);
    second.awaitCount(10);

    assertThat(first.messages).isEmpty();
    assertThat(second.messages).allMatch(RabbitTest::isUncounted);
  }

  @RepeatedTest(10)
  void a_revocation_in_the_middle_of_a_stream_leaves_all_others_to_others(RepetitionInfo round) {
    queue += round.getCurrentRepetition();
    var producer = declaring();
    var collector = client().collect(queue, 500);
    var sends = new ArrayList<CompletableFuture<Void>>();
    for (int i = 0; i < 1_000; i++) {
      sends.add(producer.send(queue, "" + i));
      if (i == 200) {
        collector.awaitCount(1);
      }
    }

    collector.subscription.revoke().toCompletableFuture().orTimeout(5, TimeUnit.SECONDS).join();
    int held = collector.messages.size();
    CompletableFuture.allOf(sends.toArray(CompletableFuture<?>[]::new)).join();
    var other = client().collect(queue, 1_000 - held);
    other.awaitCount(1_000 - held);

    assertThat(held).isBetween(1, 500);
    assertThat(collector.messages).hasSize(held);
    assertThat(other.messages).allMatch(RabbitTest::isUncounted);
  }

  @Test
  void a_released_message_goes_uncounted_to_another_receiver_however_often() {
    var client = declaring();
    client.fill(queue, 1);
    var collector = client.collect(queue, 1);

    for (int i = 0; i < 5 * BROKERS_OWN_LIMIT; i++) {
      var message = collector.await(i);
      assertThat(isUncounted(message)).isTrue();
      message.nack(REASON, Metadata.of(Settlement.RELEASE));
      collector.subscription.request(1);
    }
    collector.awaitCount(5 * BROKERS_OWN_LIMIT + 1);
  }

  @Test
  void a_message_that_failed_is_counted_and_lives_beyond_the_brokers_own_limit() {
    var client = declaring();
    client.fill(queue, 1);
    var collector = client.collect(queue, 1);

    for (int i = 0; i < 2 * BROKERS_OWN_LIMIT; i++) {
      var message = collector.await(i);
      assertThat(Collector.amqp(message).deliveryCount()).isEqualTo(i);
      message.nack(REASON, Metadata.of(Settlement.MODIFIED_FAILED));
      collector.subscription.request(1);
    }
    collector.awaitCount(2 * BROKERS_OWN_LIMIT + 1);
  }

  @Test
  void rejected_and_undeliverable_messages_are_among_the_dead_letters() {
    var client = declaring();
    client.fill(queue, 2);
    var collector = client.collect(queue, 2);

    collector.await(0).nack(REASON, Metadata.of(Settlement.reject("unfit")));
    collector.await(1).nack(REASON, Metadata.of(Settlement.MODIFIED_UNDELIVERABLE_HERE));
    var dead = client.collect(Lanes.DEAD_LETTERS, 2);
    dead.awaitCount(2);

    assertThat(dead.texts()).containsExactlyInAnyOrder("0", "1");
    dead.messages.forEach(Message::ack);
  }

  @Test
  void an_accepted_message_does_not_come_again() {
    var client = declaring();
    client.fill(queue, 2);
    client.collect(queue, 1).await(0).ack();
    client.close();

    var next = client().collect(queue, 2);
    next.awaitCount(1);

    assertThat(next.texts()).containsExactly("1");
  }

  @Test
  void a_lost_connection_gives_its_messages_to_the_others_and_counts_them() throws Exception {
    var proxy = TcpProxy.before(vertx, broker.port());
    var other = declaring();
    var first =
        connect(
            broker.url().replaceFirst("127.0.0.1:\\d+", URI.create(proxy.url()).getAuthority()));
    var lost = first.awaitConnected().collect(queue, 1);
    other.fill(queue, 1);
    lost.awaitCount(1);
    var collector = other.collect(queue, 1);

    proxy.close();

    assertThat(Collector.amqp(collector.await(0)).deliveryCount()).isEqualTo(1);
  }

  @Test
  void a_cancelled_subscription_gives_back_what_it_has_not_settled_uncounted() {
    var client = declaring();
    client.fill(queue, 3);
    var first = client.collect(queue, 3);
    first.await(0).ack();
    first.awaitCount(3);

    first.subscription.cancel();
    var second = client.collect(queue, 3);
    second.awaitCount(2);

    assertThat(second.texts()).containsExactlyInAnyOrder("1", "2");
    assertThat(second.messages).allMatch(RabbitTest::isUncounted);
  }

  @Test
  void a_message_to_no_queue_is_unroutable_and_harms_no_other() {
    var client = declaring();

    var lost = client.send("stint.test.not-there", "x");
    client.fill(queue, 1);

    assertThatThrownBy(lost::join)
        .hasCauseInstanceOf(SendFailedException.class)
        .hasMessageContaining("leads to no queue");
    client.collect(queue, 1).awaitCount(1);
  }

  @Test
  void a_killed_broker_comes_back_with_its_messages() throws Exception {
    var client = declaring();
    client.fill(queue, 10);
    var keeper = client.keep(queue, 3);
    keeper.awaitCount(3);

    broker.awaitWritten();
    broker.kill();
    await().until(() -> keeper.events.contains("lost"));
    broker.restart();
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(keeper.texts()).as("%s", keeper.events).hasSize(6));
    var other = client.collect(queue, 7);
    other.awaitCount(7);

    assertThat(keeper.events).containsExactly("opened", "lost", "opened");
    assertThat(client.events).containsExactly("connected", "lost", "connected");
  }

  @Test
  void a_virtual_host_that_is_not_there_is_no_connection() {
    var client = connect(broker.url() + "x");
    var right = client();

    assertThat(right.connection.isConnected()).isTrue();
    assertThat(client.connection.isConnected()).isFalse();
    assertThat(client.events).isEmpty();
  }

  private static boolean isUncounted(Message<byte[]> message) {
    return Collector.amqp(message).deliveryCount() == 0;
  }
}
