package dev.stint.amqp;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import org.apache.qpid.proton.amqp.messaging.ApplicationProperties;
import org.jspecify.annotations.Nullable;

/**
 * Application properties of a message, those of a CloudEvent told apart from the others: <a
 * href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/amqp-protocol-binding.md">AMQP
 * binding</a>, 3.1. Both prefixes of the binding are read, {@code cloudEvents:} is written. All
 * attributes are written as strings, booleans or integers; other values are read as their string.
 */
final class WireProperties {
  private static final String PREFIX = "cloudEvents:";
  private static final String OTHER_PREFIX = "cloudEvents_";

  private final Map<String, Object> attributes = new HashMap<>();
  private final Map<String, Object> others = new HashMap<>();

  WireProperties(@Nullable ApplicationProperties properties) {
    if (properties != null && properties.getValue() != null) {
      properties.getValue().forEach(this::sort);
    }
  }

  private void sort(String name, @Nullable Object value) {
    if (value == null) {
      return;
    }
    if (name.startsWith(PREFIX) || name.startsWith(OTHER_PREFIX)) {
      attributes.put(name.substring(PREFIX.length()), value);
    } else {
      others.put(name, value);
    }
  }

  Map<String, Object> others() {
    return Map.copyOf(others);
  }

  /** Null if this is no CloudEvent of version 1.0 with all that it needs. */
  @Nullable CloudEventAttributes cloudEvent(@Nullable String contentType) {
    if (!CloudEventAttributes.SPEC_VERSION.equals(take("specversion"))) {
      return null;
    }
    try {
      return new CloudEventAttributes(
          required("id"),
          required("source"),
          required("type"),
          take("subject"),
          time(),
          contentType,
          take("dataschema"),
          extensions());
    } catch (IllegalArgumentException | DateTimeException _) {
      return null;
    }
  }

  private @Nullable String take(String name) {
    var value = attributes.remove(name);
    return value == null ? null : value.toString();
  }

  private String required(String name) {
    var value = take(name);
    if (value == null) {
      throw new IllegalArgumentException(name + " is missing");
    }
    return value;
  }

  private @Nullable Instant time() {
    var value = attributes.remove("time");
    return switch (value) {
      case null -> null;
      case Date date -> date.toInstant();
      default -> Instant.parse(value.toString());
    };
  }

  private Map<String, Object> extensions() {
    attributes.replaceAll((_, value) ->
        value instanceof Boolean || value instanceof Integer ? value : value.toString());
    return attributes;
  }

  /** The application properties of a message to be sent; null if there are none. */
  static @Nullable ApplicationProperties of(OutgoingAmqp message) {
    var event = message.cloudEvent();
    if (event == null && message.properties().isEmpty()) {
      return null;
    }
    var properties = new HashMap<>(message.properties());
    if (event != null) {
      put(properties, "specversion", CloudEventAttributes.SPEC_VERSION);
      put(properties, "id", event.id());
      put(properties, "source", event.source());
      put(properties, "type", event.type());
      put(properties, "subject", event.subject());
      put(properties, "time", event.time() == null ? null : event.time().toString());
      put(properties, "dataschema", event.dataSchema());
      event.extensions().forEach((name, value) -> put(properties, name, value));
    }
    return new ApplicationProperties(properties);
  }

  private static void put(Map<String, Object> properties, String name, @Nullable Object value) {
    if (value != null) {
      properties.put(PREFIX + name, value);
    }
  }
}
