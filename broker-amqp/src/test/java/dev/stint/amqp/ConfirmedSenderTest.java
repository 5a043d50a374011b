package dev.stint.amqp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stint.amqp.SendFailedException.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ConfirmedSenderTest extends Fixture {
  @Test
  void what_was_confirmed_is_stored_and_survives_a_restart() {
    var client = client();
    client.fill(queue, 100);

    broker.stopHard();
    broker.start();

    awaitMessages(queue, 100);
  }

  @Test
  void ten_thousand_messages_may_be_under_way_at_once_and_arrive_in_order() {
    var client = client();

    client.fill(queue, 10_000);
    var collector = client.collect(queue, 10_000);
    collector.awaitCount(10_000);

    assertThat(collector.texts())
        .isEqualTo(IntStream.range(0, 10_000).mapToObj(Integer::toString).toList());
    await().until(() -> broker.connections() == 1);
  }

  @Test
  void messages_under_way_when_the_broker_stops_are_answered_and_none_hangs() {
    var client = client();
    var sends = IntStream.range(0, 5_000).mapToObj(i -> client.send(queue, "" + i)).toList();
    sends.getFirst().join();

    broker.stopHard();
    await().until(() -> sends.stream().allMatch(CompletableFuture::isDone));
    long confirmed = sends.stream().filter(send -> !send.isCompletedExceptionally()).count();
    broker.start();

    assertThat(broker.messages(queue)).isGreaterThanOrEqualTo(confirmed);
    client.awaitConnected().fill(queue, 1);
  }

  @Test
  void without_a_connection_a_send_fails_at_once_and_is_not_made_up_for() {
    var client = client();
    broker.stop();
    await().until(() -> client.events.contains("lost"));

    var failure = failureOf(client.send(queue, "x"));
    broker.start();
    client.awaitConnected().fill(queue, 1);

    assertThat(failure.reason()).isEqualTo(Reason.NOT_CONNECTED);
    assertThat(failure.mayBeStored()).isFalse();
    awaitMessages(queue, 1);
  }

  @Test
  void a_message_to_an_address_that_is_not_there_fails_and_good_ones_go_on() {
    var client = client();
    var bad = EmbeddedBroker.NOT_MADE + queue;

    var sends = List.of(client.send(queue, "1"), client.send(bad, "2"), client.send(queue, "3"));
    var failure = failureOf(sends.get(1));
    var again = failureOf(client.send(bad, "4"));
    client.fill(queue, 1);

    assertThat(failure.reason()).isEqualTo(Reason.UNROUTABLE);
    assertThat(again.reason()).isEqualTo(Reason.UNROUTABLE);
    assertThat(failure).hasMessageContaining(bad);
    assertThat(sends.get(0)).isCompleted();
    assertThat(sends.get(2)).succeedsWithin(Duration.ofSeconds(5));
    awaitMessages(queue, 3);
    assertThat(client.events).containsExactly("connected");
  }

  @Test
  void a_confirmation_that_does_not_come_in_time_is_a_failure() {
    var proxy = closing(TcpProxy.before(vertx, broker.port()));
    var client =
        closing(Client.to(vertx, proxy.url(), "confirm-timeout", "200ms")).awaitConnected();
    client.fill(queue, 1);

    proxy.silent(true);
    var failure = failureOf(client.send(queue, "x"));
    proxy.silent(false);

    assertThat(failure.reason()).isEqualTo(Reason.UNCONFIRMED);
    assertThat(failure.mayBeStored()).isTrue();
  }

  @Test
  void messages_that_wait_for_a_link_when_the_connection_is_lost_were_not_sent() {
    var proxy = closing(TcpProxy.before(vertx, broker.port()));
    var client = closing(Client.to(vertx, proxy.url(), "heartbeat", "300ms")).awaitConnected();

    proxy.silent(true);
    var failure = failureOf(client.send(queue, "x"));
    proxy.silent(false);

    assertThat(failure.reason()).isEqualTo(Reason.NOT_CONNECTED);
  }

  @Test
  void a_full_queue_gives_no_credit_and_what_waits_for_it_fails_unsent() {
    var client = client("confirm-timeout", "500ms");
    var bounded = EmbeddedBroker.BOUNDED + queue;
    var sends = IntStream.range(0, 2_000).mapToObj(i -> client.send(bounded, "" + i)).toList();

    await().until(() -> sends.stream().allMatch(CompletableFuture::isDone));
    long confirmed = sends.stream().filter(send -> !send.isCompletedExceptionally()).count();

    assertThat(failureOf(sends.getLast()).reason()).isEqualTo(Reason.NO_CREDIT);
    awaitMessages(bounded, confirmed);

    var room = client.collect(bounded, Long.MAX_VALUE);
    room.awaitCount((int) confirmed);
    room.messages.forEach(message -> message.ack());
    await().until(() -> !client.send(bounded, "x").handle((_, e) -> e != null).join());
    assertThat(room.texts()).doesNotContain("1999");
  }

  @Test
  void a_send_made_in_answer_to_a_failure_is_answered_too() {
    var client = client();
    client.fill(queue, 1);
    var retried = new CompletableFuture<Void>();
    var first = client.send(queue, "first");
    first.whenComplete((_, _) ->
        client
            .send(EmbeddedBroker.NOT_MADE + queue, "second")
            .exceptionallyCompose(_ -> client.send(queue, "third"))
            .whenComplete((_, _) -> retried.complete(null)));

    assertThat(retried).succeedsWithin(Duration.ofSeconds(10));
    awaitMessages(queue, 3);
  }

  @Test
  void a_property_that_amqp_has_no_type_for_fails_its_message_only() {
    var client = client();
    var odd = OutgoingAmqp.to(queue).withProperties(Map.of("thread", Thread.currentThread()));

    var failure =
        failureOf(client.connection.sender().send(odd, new byte[0]).toCompletableFuture());
    client.fill(queue, 1);

    assertThat(failure.reason()).isEqualTo(Reason.REJECTED);
  }

  @Test
  void a_large_message_comes_whole() {
    var client = client();
    var text = "0123456789abcdef".repeat(64 * 1024);

    client.send(queue, text).join();

    assertThat(Collector.text(client.collect(queue, 1).await(0))).isEqualTo(text);
  }

  @Test
  void subject_priority_and_properties_arrive() {
    var client = client();
    var attributes =
        OutgoingAmqp.to(queue)
            .withSubject("a subject")
            .withPriority(9)
            .withTtl(Duration.ofMinutes(1))
            .withProperties(Map.of("text", "ä", "number", 7L, "flag", true));

    client.fill(queue, 1);
    client.connection.sender().send(attributes, new byte[] {1}).toCompletableFuture().join();
    var collector = client.collect(queue, 2);
    var first = Collector.amqp(collector.await(0));
    var second = Collector.amqp(collector.await(1));

    // The one with the higher priority overtakes.
    assertThat(first)
        .isEqualTo(
            new IncomingAmqp(
                queue,
                "a subject",
                null,
                9,
                0,
                null,
                Map.of("text", "ä", "number", 7L, "flag", true),
                null));
    assertThat(second.priority()).isEqualTo(OutgoingAmqp.DEFAULT_PRIORITY);
  }

  private static SendFailedException failureOf(CompletableFuture<Void> send) {
    await().until(send::isDone);
    try {
      send.get();
      throw new AssertionError("the send succeeded");
    } catch (ExecutionException e) {
      return (SendFailedException) e.getCause();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
