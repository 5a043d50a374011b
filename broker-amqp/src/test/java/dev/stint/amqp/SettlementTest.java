package dev.stint.amqp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.Executors;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import org.junit.jupiter.api.Test;

class SettlementTest extends Fixture {
  private static final Throwable REASON = new IllegalStateException("given back by a test");

  @Test
  void an_accepted_message_is_gone() {
    var client = client();
    client.fill(queue, 1);

    client.collect(queue, 1).await(0).ack();

    awaitMessages(queue, 0);
  }

  @Test
  void a_released_message_goes_uncounted_to_another_receiver_at_once() {
    var client = client();
    client.fill(queue, 1);
    var first = client.collect(queue, 1);
    var message = first.await(0);
    var other = client.collect(queue, 1);

    // Far more often than the broker allows failures.
    for (int i = 0; i < 5 * EmbeddedBroker.MAX_DELIVERIES; i++) {
      message.nack(REASON, Metadata.of(Settlement.RELEASE));
      message = other.await(i);
      assertThat(Collector.amqp(message).deliveryCount()).isZero();
      other.subscription.request(1);
    }

    assertThat(first.messages).hasSize(1);
    awaitMessages(queue, 1);
  }

  @Test
  void a_message_given_back_without_a_word_is_released() {
    var client = client();
    client.fill(queue, 1);
    var collector = client.collect(queue, 2);

    collector.await(0).nack(REASON);

    assertThat(Collector.amqp(collector.await(1)).deliveryCount()).isZero();
  }

  @Test
  void a_rejected_message_lands_in_the_dead_letters() {
    var client = client();
    client.fill(queue, 1);

    nack(client.collect(queue, 1).await(0), Settlement.reject("unfit"));
    var dead = client.collect(Lanes.DEAD_LETTERS, 1);

    assertThat(Collector.text(dead.await(0))).isEqualTo("0");
    awaitMessages(queue, 0);
  }

  @Test
  void a_message_given_back_as_failed_is_counted_and_dead_after_the_last_try() {
    var client = client();
    client.fill(queue, 1);
    var collector = client.collect(queue, EmbeddedBroker.MAX_DELIVERIES + 1);

    for (int i = 0; i < EmbeddedBroker.MAX_DELIVERIES; i++) {
      var message = collector.await(i);
      assertThat(Collector.amqp(message).deliveryCount()).isEqualTo(i);
      nack(message, Settlement.MODIFIED_FAILED);
    }

    awaitMessages(Lanes.DEAD_LETTERS, 1);
    awaitMessages(queue, 0);
  }

  @Test
  void a_message_undeliverable_here_does_not_come_here_again() {
    var client = client();
    client.fill(queue, 1);
    var first = client.collect(queue, 5);

    nack(first.await(0), Settlement.MODIFIED_UNDELIVERABLE_HERE);
    var second = client.collect(queue, 1);

    assertThat(Collector.text(second.await(0))).isEqualTo("0");
    assertThat(first.messages).hasSize(1);
  }

  @Test
  void only_the_first_settlement_counts() {
    var client = client();
    client.fill(queue, 1);
    var message = client.collect(queue, 5).await(0);

    message.ack();
    nack(message, Settlement.reject("too late"));
    client.fill(queue + ".next", 1);
    client.collect(queue + ".next", 1).await(0).ack();

    awaitMessages(queue + ".next", 0);
    awaitMessages(queue, 0);
    awaitMessages(Lanes.DEAD_LETTERS, 0);
  }

  @Test
  void messages_may_be_settled_from_many_threads_at_once() {
    var client = client();
    client.fill(queue, 2_000);
    var collector = client.collect(queue, 2_000);
    collector.awaitCount(2_000);

    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      collector.messages.forEach(message -> threads.execute(message::ack));
    }

    awaitMessages(queue, 0);
  }

  @Test
  void settlements_made_before_the_connection_is_closed_reach_the_broker() {
    var client = client();
    client.fill(queue, 500);
    var collector = client.collect(queue, 500);
    collector.awaitCount(500);

    collector.messages.forEach(Message::ack);
    client.close();

    // The broker has read them; its counters follow.
    awaitMessages(queue, 0);
    assertThat(collector.completed).isTrue();
  }

  @Test
  void a_settlement_after_the_connection_was_lost_does_nothing_and_is_no_failure() {
    var client = client();
    client.fill(queue, 1);
    var first = client.collect(queue, 1);
    var message = first.await(0);

    broker.cutConnections();
    await().until(() -> client.events.size() == 3);

    assertThat(message.ack().toCompletableFuture()).isCompleted();
    assertThat(Collector.text(client.collect(queue, 1).await(0))).isEqualTo("0");
  }

  private static void nack(Message<byte[]> message, Settlement settlement) {
    message.nack(REASON, Metadata.of(settlement));
  }
}
