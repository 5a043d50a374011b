package dev.stint.amqp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class CreditTest extends Fixture {
  @Test
  void no_more_is_held_than_was_granted_however_many_are_queued() {
    var client = client();
    client.fill(queue, 1_000);

    var collector = client.collect(queue, 4);
    collector.awaitCount(4);
    // A second subscriber gets what is left: the first holds nothing back beyond its four.
    var other = client.collect(queue, 996);
    other.awaitCount(996);

    assertThat(collector.messages).hasSize(4);
    await().until(() -> broker.held(queue) == 1_000);
  }

  @Test
  void settling_gives_no_credit_and_slow_handlers_on_four_slots_hold_at_most_four() {
    var client = client();
    client.fill(queue, 1_000);
    var most = new AtomicInteger();
    var held = new AtomicInteger();
    var done = new AtomicInteger();

    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var slots =
          new Collector(4) {
            @Override
            public void onNext(Message<byte[]> message) {
              most.accumulateAndGet(held.incrementAndGet(), Math::max);
              threads.execute(() -> {
                broker.messages(queue);
                Thread.yield();
                held.decrementAndGet();
                message.ack();
                done.incrementAndGet();
                subscription.request(1);
              });
            }
          };
      client.connection.receive(queue).subscribe(slots);
      await().until(() -> done.get() == 1_000);
    }

    assertThat(most).hasValueBetween(1, 4);
    awaitMessages(queue, 0);
  }

  @Test
  void demand_without_bound_gets_everything() {
    var client = client();
    client.fill(queue, 3_000);

    var collector = client.collect(queue, Long.MAX_VALUE);

    collector.awaitCount(3_000);
    assertThat(collector.texts()).startsWith("0", "1", "2").endsWith("2999");
  }

  @Test
  void revoked_credit_brings_no_message_and_they_stay_for_another_receiver() {
    var client = client();
    var first = client.keep(queue, 10);
    await().until(() -> first.events.contains("opened"));

    first.subscription.revoke().toCompletableFuture().orTimeout(5, TimeUnit.SECONDS).join();
    client.fill(queue, 10);
    var second = client.collect(queue, 10);
    second.awaitCount(10);

    assertThat(first.messages).isEmpty();
  }

  @Test
  void credit_granted_after_a_revocation_counts_from_nothing() {
    var client = client();
    var collector = client.collect(queue, 5);
    await().until(() -> broker.consumers(queue) == 1);

    collector.subscription.revoke();
    collector.subscription.request(2);
    client.fill(queue, 10);
    collector.awaitCount(2);
    client.collect(queue, 8).awaitCount(8);

    assertThat(collector.messages).hasSize(2);
  }

  /** Artemis keeps messages back for a link whose credit is reduced just then; so none is. */
  @RepeatedTest(10)
  void a_revocation_in_the_middle_of_a_stream_of_messages_leaves_all_others_to_others() {
    var producer = client();
    var client = client();
    client.connection.lanes().declare(List.of(queue)).toCompletableFuture().join();
    var collector = client.collect(queue, 500);
    await().until(() -> broker.consumers(queue) == 1);
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
    var other = client.collect(queue, 1_000 - held);
    other.awaitCount(1_000 - held);

    assertThat(held).isBetween(1, 500);
    assertThat(collector.messages).hasSize(held);
    assertThat(Collector.amqp(other.messages.getLast()).deliveryCount()).isZero();
  }

  @Test
  void two_lanes_on_one_connection_have_their_own_credit() {
    var client = client();
    client.fill(queue + ".a", 10);
    client.fill(queue + ".b", 10);

    var a = client.collect(queue + ".a", 2);
    var b = client.collect(queue + ".b", 3);
    a.awaitCount(2);
    b.awaitCount(3);
    client.collect(queue + ".a", 8).awaitCount(8);
    client.collect(queue + ".b", 7).awaitCount(7);

    assertThat(a.messages).hasSize(2);
    assertThat(b.messages).hasSize(3);
    await().until(() -> broker.connections() == 1);
  }

  @Test
  void a_cancelled_subscription_gives_back_what_it_has_not_settled() {
    var client = client();
    client.fill(queue, 3);
    var first = client.collect(queue, 3);
    first.await(0).ack();
    first.awaitCount(3);

    first.subscription.cancel();
    var second = client.collect(queue, 3);
    second.awaitCount(2);

    assertThat(second.texts()).containsExactly("1", "2");
    assertThat(Collector.amqp(second.await(0)).deliveryCount()).isZero();
    await().until(() -> broker.consumers(queue) == 1);
  }

  @Test
  void a_demand_that_is_not_positive_is_an_error_of_the_subscriber() {
    var collector = client().collect(queue, 0);
    await().until(() -> collector.subscription != null);

    collector.subscription.request(0);

    await().until(() -> collector.error != null);
    assertThat(collector.error).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_subscriber_that_throws_does_not_take_the_connection_with_it() {
    var client = client();
    var collector =
        new Collector(3) {
          @Override
          public void onNext(Message<byte[]> message) {
            super.onNext(message);
            throw new IllegalStateException("thrown by a test");
          }
        };
    client.connection.receive(queue).subscribe(collector);

    client.fill(queue, 3);
    collector.awaitCount(3);

    assertThat(client.events).containsExactly("connected");
  }

  @Test
  void callbacks_run_on_the_event_loop_of_the_connection() {
    var client = client();
    var threads = new ConcurrentLinkedQueue<Thread>();
    client.connection.execute(() -> threads.add(Thread.currentThread()));
    var collector =
        new Collector(5) {
          @Override
          public void onNext(Message<byte[]> message) {
            threads.add(Thread.currentThread());
            client.connection.execute(() -> super.onNext(message));
          }
        };
    client.connection.receive(queue).subscribe(collector);

    client.fill(queue, 5);
    collector.awaitCount(5);

    assertThat(threads.stream().distinct()).hasSize(1);
  }
}
