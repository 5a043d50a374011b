package dev.stint.amqp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
  @Test
  void settings_have_defaults() {
    var settings = BrokerSettings.of(ChannelConfig.of(Map.of()));

    assertThat(settings.urls()).hasToString("[amqp://127.0.0.1:5672]");
    assertThat(settings.kind()).isEqualTo(BrokerKind.ARTEMIS);
    assertThat(settings.containerId()).startsWith("stint-");
    assertThat(settings.reconnectMin()).isEqualTo(Duration.ofMillis(50));
    assertThat(settings.reconnectMax()).isEqualTo(Duration.ofSeconds(5));
    assertThat(settings.heartbeat()).isEqualTo(Duration.ofSeconds(10));
    assertThat(settings.confirmTimeout()).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void a_url_has_all_that_is_needed_to_connect() {
    assertThat(BrokerUrl.list("amqps://us%3Aer:p%40ss+@host, amqps://other:7000"))
        .containsExactly(
            new BrokerUrl(true, "host", 5671, "us:er", "p@ss+"),
            new BrokerUrl(true, "other", 7000, null, null));
    assertThat(BrokerUrl.list("amqp://[::1]"))
        .containsExactly(new BrokerUrl(false, "[::1]", 5672, null, null));
  }

  @Test
  void a_password_is_not_shown() {
    assertThat(BrokerUrl.list("amqp://user:secret@host:1")).hasToString("[amqp://host:1]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BrokerUrl.list("amqp://user:secret^@host"))
        .satisfies(e -> assertThat(e).hasMessageNotContaining("secret").hasNoCause());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "host",
        "http://host",
        "amqp://",
        "amqp://a,",
        "amqp:/x",
        "amqp://a:0",
        "amqp://a:65536"
      })
  void what_is_no_url_of_a_broker_is_refused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> BrokerUrl.list(text));
  }

  @ParameterizedTest
  @CsvSource({"500ms,PT0.5S", "30s,PT30S", "5m,PT5M", "2h,PT2H", "1d,PT24H", "PT1.5S,PT1.5S"})
  void durations_are_read_in_both_forms(String text, Duration expected) {
    assertThat(DurationText.parse(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "30", "s", "-1s", "1 s", "9999999999s"})
  void what_is_no_duration_is_refused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> DurationText.parse(text));
  }

  @Test
  void waits_double_up_to_the_most_and_lose_at_most_half_at_random() {
    var backoff = new Backoff(Duration.ofMillis(50), Duration.ofSeconds(5), new Random(1));

    IntStream.range(0, 100)
        .forEach(round -> {
          long whole = Math.min(5_000, 50L << Math.min(round, 20));
          assertThat(backoff.before(round).toMillis()).isBetween(whole / 2, whole);
        });
  }

  @Test
  void an_address_has_the_form_of_its_broker() {
    assertThat(BrokerKind.ARTEMIS.addressOf("a b/ä")).isEqualTo("a b/ä");
    assertThat(BrokerKind.RABBITMQ.addressOf("a b/ä")).isEqualTo("/queues/a%20b%2F%C3%A4");
    assertThat(BrokerKind.RABBITMQ.addressOf("stint.default.t-1_x"))
        .isEqualTo("/queues/stint.default.t-1_x");
  }

  @Test
  void a_channel_made_at_run_time_has_the_attributes_it_was_given() {
    var config = ChannelConfig.of(Map.of("address", "a"));

    assertThat(config.getValue("address", String.class)).isEqualTo("a");
    assertThat(config.getOptionalValue("url", String.class)).isEmpty();
    assertThat(config.getPropertyNames()).isEqualTo(java.util.Set.of("address"));
    assertThat(config.getConfigValue("address").getValue()).isEqualTo("a");
    assertThatThrownBy(() -> config.getValue("url", String.class))
        .isInstanceOf(NoSuchElementException.class)
        .hasMessage("attribute url is missing");
    assertThat(config.getConfigSources()).isEqualTo(List.of());
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 10})
  void priorities_out_of_range_are_refused(int priority) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OutgoingAmqp.to("a").withPriority(priority))
        .withMessageStartingWith("priority must be 0 to 9");
  }
}
