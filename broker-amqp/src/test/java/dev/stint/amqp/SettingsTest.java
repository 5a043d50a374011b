package dev.stint.amqp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
            new BrokerUrl(true, "host", 5671, "us:er", "p@ss+", null),
            new BrokerUrl(true, "other", 7000, null, null, null));
    assertThat(BrokerUrl.list("amqp://[::1]"))
        .containsExactly(new BrokerUrl(false, "[::1]", 5672, null, null, null));
  }

  @Test
  void a_url_may_name_a_virtual_host_of_rabbitmq() {
    var url = BrokerUrl.list("amqp://u:p@host:1/jobs%2Fa+b").getFirst();

    assertThat(url.vhost()).isEqualTo("jobs/a+b");
    assertThat(url.hostname()).isEqualTo("vhost:jobs/a+b");
    assertThat(BrokerUrl.list("amqp://host/").getFirst().hostname()).isEqualTo("host");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings("url", "amqp://host/jobs"))
        .withMessageContaining("only RabbitMQ");
    assertThat(settings("url", "amqp://host/jobs", "kind", "rabbitmq").urls())
        .hasToString("[amqp://host:5672/jobs]");
  }

  @Test
  void a_file_of_authorities_is_looked_into_at_once(@TempDir Path folder) throws Exception {
    var file = Files.writeString(folder.resolve("ca.pem"), "no certificate").toString();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings("url", "amqps://host", "ca-file", file))
        .withMessage("attribute ca-file: has no certificate in PEM form: " + file);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings("url", "amqps://host", "ca-file", file + "x"))
        .withMessage("attribute ca-file: cannot be read: " + file + "x");
  }

  private static BrokerSettings settings(String... attributes) {
    var all = new HashMap<String, String>();
    for (int i = 0; i < attributes.length; i += 2) {
      all.put(attributes[i], attributes[i + 1]);
    }
    return BrokerSettings.of(ChannelConfig.of(all));
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
