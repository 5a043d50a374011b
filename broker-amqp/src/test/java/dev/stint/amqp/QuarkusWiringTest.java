package dev.stint.amqp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
import org.eclipse.microprofile.reactive.messaging.Outgoing;
import org.eclipse.microprofile.reactive.messaging.spi.Connector;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The connector where it is meant to be used: channels of a Quarkus application, by its settings.
 */
@QuarkusTest
@QuarkusTestResource(value = QuarkusWiringTest.Engine.class, restrictToAnnotatedClass = true)
class QuarkusWiringTest {
  @Inject
  @Channel("numbers-out")
  @OnOverflow(value = OnOverflow.Strategy.BUFFER, bufferSize = 1_000)
  Emitter<String> numbers;

  @Inject
  @Connector(StintAmqpConnector.NAME)
  StintAmqpConnector connector;

  @Inject Doubler doubler;

  EmbeddedBroker broker;

  @BeforeEach
  void awaitConnected() {
    await().until(() -> connector.getReadiness().isOk());
  }

  @Test
  void channels_send_and_receive_and_both_acknowledge() {
    var sends =
        IntStream.range(0, 200)
            .mapToObj(i -> numbers.send("" + i).toCompletableFuture())
            .toArray(CompletableFuture<?>[]::new);

    assertThat(CompletableFuture.allOf(sends)).succeedsWithin(Duration.ofSeconds(10));
    var expected = IntStream.range(0, 200).mapToObj(i -> "" + 2 * i).toList();
    await().until(() -> doubler.doubles().containsAll(expected));
    await().until(() -> broker.messages("numbers") == 0 && broker.messages("doubles") == 0);
    await().until(() -> broker.connections() == 1);
  }

  @Test
  void a_channel_goes_on_after_its_connection_was_cut() {
    numbers.send("7").toCompletableFuture().join();
    await().until(() -> doubler.doubles().contains("14"));

    broker.cutConnections();
    await()
        .until(() -> numbers.send("1000").handle((_, e) -> e == null).toCompletableFuture().join());

    await().until(() -> doubler.doubles().contains("2000"));
  }

  /** Receives from one queue and sends to another. */
  @ApplicationScoped
  static class Doubler {
    private final List<String> doubles = new CopyOnWriteArrayList<>();

    List<String> doubles() {
      return doubles;
    }

    @Incoming("numbers-in")
    @Outgoing("doubles-out")
    String twice(byte[] number) {
      return "" + 2 * Integer.parseInt(text(number));
    }

    @Incoming("doubles-in")
    @Blocking
    void collect(byte[] number) {
      doubles.add(text(number));
    }

    private static String text(byte[] bytes) {
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }

  /** The broker, and the settings of the channels. */
  public static final class Engine implements QuarkusTestResourceLifecycleManager {
    private EmbeddedBroker broker;

    @Override
    public Map<String, String> start() {
      broker = EmbeddedBroker.create();
      return Map.ofEntries(
          Map.entry("mp.messaging.connector.stint-amqp.url", broker.url()),
          Map.entry("mp.messaging.connector.stint-amqp.reconnect-min", "10ms"),
          Map.entry("mp.messaging.outgoing.numbers-out.connector", StintAmqpConnector.NAME),
          Map.entry("mp.messaging.outgoing.numbers-out.address", "numbers"),
          Map.entry("mp.messaging.incoming.numbers-in.connector", StintAmqpConnector.NAME),
          Map.entry("mp.messaging.incoming.numbers-in.address", "numbers"),
          Map.entry("mp.messaging.outgoing.doubles-out.connector", StintAmqpConnector.NAME),
          Map.entry("mp.messaging.outgoing.doubles-out.address", "doubles"),
          Map.entry("mp.messaging.incoming.doubles-in.connector", StintAmqpConnector.NAME),
          Map.entry("mp.messaging.incoming.doubles-in.address", "doubles"),
          Map.entry("quarkus.log.category.\"org.apache.activemq\".level", "ERROR"));
    }

    @Override
    public void inject(TestInjector injector) {
      injector.injectIntoFields(broker, new TestInjector.MatchesType(EmbeddedBroker.class));
    }

    @Override
    public void stop() {
      broker.close();
    }
  }
}
