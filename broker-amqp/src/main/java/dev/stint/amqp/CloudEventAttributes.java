package dev.stint.amqp;

import java.time.Instant;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Context attributes of a CloudEvent 1.0 (cloudevents.io/spec v1.0.2). On the wire, in binary mode
 * of the AMQP binding, they are application properties with the prefix {@code cloudEvents:}, and
 * the payload is the event's data.
 *
 * @param dataContentType media type of the payload, carried as the message's content type
 * @param extensions further attributes: names of lower-case letters and digits; a value is a
 *     String, a Boolean or an Integer
 * @throws IllegalArgumentException if a required attribute is empty, or an extension is not as said
 */
public record CloudEventAttributes(
    String id,
    String source,
    String type,
    @Nullable String subject,
    @Nullable Instant time,
    @Nullable String dataContentType,
    @Nullable String dataSchema,
    Map<String, Object> extensions) {
  public static final String SPEC_VERSION = "1.0";

  private static final Pattern NAME = Pattern.compile("[a-z0-9]+");

  public CloudEventAttributes {
    extensions = Map.copyOf(extensions);
    refuseEmpty("id", id);
    refuseEmpty("source", source);
    refuseEmpty("type", type);
    extensions.forEach(CloudEventAttributes::check);
  }

  /** An event with the required attributes only. */
  public static CloudEventAttributes of(String id, String source, String type) {
    return new CloudEventAttributes(id, source, type, null, null, null, null, Map.of());
  }

  public CloudEventAttributes withSubject(String other) {
    return new CloudEventAttributes(
        id, source, type, other, time, dataContentType, dataSchema, extensions);
  }

  public CloudEventAttributes withTime(Instant other) {
    return new CloudEventAttributes(
        id, source, type, subject, other, dataContentType, dataSchema, extensions);
  }

  public CloudEventAttributes withDataContentType(String other) {
    return new CloudEventAttributes(id, source, type, subject, time, other, dataSchema, extensions);
  }

  public CloudEventAttributes withExtensions(Map<String, Object> other) {
    return new CloudEventAttributes(
        id, source, type, subject, time, dataContentType, dataSchema, other);
  }

  private static void refuseEmpty(String attribute, String value) {
    if (value.isEmpty()) {
      throw new IllegalArgumentException(attribute + " of a CloudEvent must not be empty");
    }
  }

  private static void check(String name, Object value) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("extension \"" + name + "\" must match " + NAME);
    }
    if (!(value instanceof String || value instanceof Boolean || value instanceof Integer)) {
      throw new IllegalArgumentException(
          "extension " + name + " must be a String, a Boolean or an Integer, not " + value);
    }
  }
}
