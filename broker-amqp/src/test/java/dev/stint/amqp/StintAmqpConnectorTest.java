package dev.stint.amqp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.SubmissionPublisher;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StintAmqpConnectorTest extends Fixture {
  private final List<String> acked = new CopyOnWriteArrayList<>();
  private final List<Throwable> nacked = new CopyOnWriteArrayList<>();
  private StintAmqpConnector connector;

  @BeforeEach
  void connect() {
    connector = new StintAmqpConnector(vertx);
  }

  @AfterEach
  void close() {
    connector.close();
  }

  @Test
  void messages_go_out_of_one_channel_and_into_another_over_one_connection() {
    var out = connector.getSubscriber(channel("out", "address", queue));
    var in = new Collector(100);
    connector.getPublisher(channel("in", "address", queue)).subscribe(in);
    await().until(() -> connector.getReadiness().isOk());

    try (var source = new SubmissionPublisher<Message<?>>(Runnable::run, 1_000)) {
      source.subscribe(out);
      IntStream.range(0, 100).forEach(i -> source.submit(message("" + i, Metadata.empty())));
      in.awaitCount(100);
    }

    in.messages.forEach(Message::ack);
    await().until(() -> acked.size() == 100);
    awaitMessages(queue, 0);
    assertThat(nacked).isEmpty();
    await().until(() -> broker.connections() == 1);
  }

  @Test
  void a_message_that_is_not_confirmed_is_nacked_and_the_channel_goes_on() {
    var out = connector.getSubscriber(channel("out", "max-inflight", "1"));
    await().until(() -> connector.getReadiness().isOk());

    try (var source = new SubmissionPublisher<Message<?>>(Runnable::run, 10)) {
      source.subscribe(out);
      source.submit(message("bad", to(EmbeddedBroker.NOT_MADE + queue)));
      source.submit(message(7, to(queue)));
      source.submit(message("good", to(queue)));
      await().until(() -> acked.size() == 1);
    }

    assertThat(acked).containsExactly("good");
    assertThat(nacked).hasSize(2);
    assertThat(nacked.getFirst()).isInstanceOf(SendFailedException.class);
    assertThat(nacked.getLast()).hasMessage("the payload must be byte[] or String");
    awaitMessages(queue, 1);
  }

  @Test
  void no_more_is_requested_than_may_be_under_way() {
    var requested = new CompletableFuture<Long>();
    var out = connector.getSubscriber(channel("out", "max-inflight", "7"));

    out.onSubscribe(
        new java.util.concurrent.Flow.Subscription() {
          @Override
          public void request(long n) {
            requested.complete(n);
          }

          @Override
          public void cancel() {}
        });

    assertThat(requested).isCompletedWithValue(7L);
  }

  @Test
  void channels_are_alive_always_and_ready_while_the_broker_is_there() {
    connector.getPublisher(channel("in"));
    await().until(() -> connector.getReadiness().isOk());

    broker.stop();
    await().until(() -> !connector.getReadiness().isOk());

    assertThat(connector.getLiveness().isOk()).isTrue();
    assertThat(connector.getReadiness().getChannels())
        .extracting(channel -> channel.getChannel())
        .containsExactly("in");
    broker.start();
    await().until(() -> connector.getReadiness().isOk());
  }

  @Test
  void channels_of_one_connection_have_to_agree_on_it() {
    connector.connection(channel("a"));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> connector.connection(channel("b", "heartbeat", "1s")))
        .withMessageContaining("must have the same connection attributes");
  }

  @Test
  void an_attribute_that_is_wrong_is_named() {
    refused("url", "http://x", "must look like amqp://host:port");
    refused("url", "amqp://a,amqps://b", "all amqp or all amqps");
    refused("kind", "kafka", "must be artemis or rabbitmq");
    refused("heartbeat", "soon", "must be a duration");
    refused("heartbeat", "0s", "must be 1 ms to 1 day");
    refused("reconnect-max", "1ms", "must not be less than reconnect-min");
    refused("max-inflight", "0", "must be a number of at least 1");
    refused("max-inflight", "many", "must be a number of at least 1");
  }

  private void refused(String name, String value, String rule) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> connector.getSubscriber(channel("c", name, value)))
        .withMessageContaining(name)
        .withMessageContaining(rule);
  }

  private Config channel(String name, String... attributes) {
    var all = new HashMap<>(Map.of("channel-name", name, "url", broker.url()));
    for (int i = 0; i < attributes.length; i += 2) {
      all.put(attributes[i], attributes[i + 1]);
    }
    return ChannelConfig.of(all);
  }

  private static Metadata to(String address) {
    return Metadata.of(OutgoingAmqp.to(address));
  }

  private Message<?> message(Object payload, Metadata metadata) {
    return Message.of(
        payload,
        metadata,
        () -> {
          acked.add(payload.toString());
          return CompletableFuture.completedStage(null);
        },
        failure -> {
          nacked.add(failure);
          return CompletableFuture.completedStage(null);
        });
  }
}
