package dev.stint.amqp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.qpid.proton.amqp.messaging.ApplicationProperties;
import org.junit.jupiter.api.Test;

class CloudEventAttributesTest extends Fixture {
  private static final CloudEventAttributes AWKWARD =
      new CloudEventAttributes(
          "id:with:colons",
          "/söurce/✓?q=1#f",
          "dev.stint.job",
          "a subject",
          Instant.parse("2026-11-22T10:00:00.123456789Z"),
          "application/json; charset=utf-8",
          "https://example.org/schema",
          Map.of("ticket", "9007199254740993", "empty", "", "flag", true, "number", -7));

  @Test
  void an_event_survives_the_way_over_the_broker() {
    var client = client();
    var attributes =
        OutgoingAmqp.to(queue).withCloudEvent(AWKWARD).withProperties(Map.of("plain", "x:y"));

    client.connection.sender().send(attributes, new byte[0]).toCompletableFuture().join();
    var amqp = Collector.amqp(client.collect(queue, 1).await(0));

    assertThat(amqp.cloudEvent()).isEqualTo(AWKWARD);
    assertThat(amqp.contentType()).isEqualTo("application/json; charset=utf-8");
    assertThat(amqp.messageId()).isEqualTo("id:with:colons");
    assertThat(amqp.properties()).isEqualTo(Map.of("plain", "x:y"));
  }

  @Test
  void an_event_with_the_least_has_nothing_else() {
    var least = CloudEventAttributes.of("1", "/s", "t");

    assertThat(WireProperties.of(OutgoingAmqp.to(queue).withCloudEvent(least)).getValue())
        .isEqualTo(
            Map.of(
                "cloudEvents:specversion", "1.0",
                "cloudEvents:id", "1",
                "cloudEvents:source", "/s",
                "cloudEvents:type", "t"));
    assertThat(read("cloudEvents:", Map.of())).isEqualTo(least);
  }

  @Test
  void both_prefixes_of_the_binding_are_read() {
    assertThat(read("cloudEvents_", Map.of("ext", "x")))
        .isEqualTo(CloudEventAttributes.of("1", "/s", "t").withExtensions(Map.of("ext", "x")));
  }

  @Test
  void times_are_read_as_text_and_as_amqp_timestamps() {
    var time = Instant.parse("2026-11-22T10:00:00.123Z");

    assertThat(read("cloudEvents:", Map.of("time", time.toString())).time()).isEqualTo(time);
    assertThat(read("cloudEvents:", Map.of("time", java.util.Date.from(time))).time())
        .isEqualTo(time);
  }

  @Test
  void what_is_not_a_whole_event_is_none() {
    assertThat(read("cloudEvents:", Map.of("specversion", "0.3"))).isNull();
    assertThat(read("cloudEvents:", Map.of("id", ""))).isNull();
    assertThat(read("cloudEvents:", Map.of("time", "yesterday"))).isNull();
    assertThat(read("other:", Map.of())).isNull();
    assertThat(new WireProperties(null).cloudEvent(null)).isNull();
  }

  @Test
  void attributes_that_the_specification_forbids_are_refused() {
    var event = CloudEventAttributes.of("1", "/s", "t");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> CloudEventAttributes.of("", "/s", "t"))
        .withMessage("id of a CloudEvent must not be empty");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> event.withExtensions(Map.of("not-good", "x")))
        .withMessageContaining("extension \"not-good\" must match");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> event.withExtensions(Map.of("list", java.util.List.of())))
        .withMessageContaining("extension list must be a String, a Boolean or an Integer");
  }

  private static CloudEventAttributes read(String prefix, Map<String, Object> changes) {
    var attributes =
        new HashMap<String, Object>(
            Map.of("specversion", "1.0", "id", "1", "source", "/s", "type", "t"));
    attributes.putAll(changes);
    var properties = new HashMap<String, Object>();
    attributes.forEach((name, value) -> properties.put(prefix + name, value));
    return new WireProperties(new ApplicationProperties(properties)).cloudEvent(null);
  }
}
