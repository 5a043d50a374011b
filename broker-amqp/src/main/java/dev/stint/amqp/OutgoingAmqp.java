package dev.stint.amqp;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a message goes, and its header: metadata of a message to be sent.
 *
 * @param address name of the queue, as the lane gives it; {@link BrokerKind} turns it into the
 *     broker's own form
 * @param priority 0 to 9
 * @param durable whether it has to survive a restart of the broker
 * @param ttl after which the broker drops it; at least a millisecond
 * @param properties application properties: strings, booleans and numbers
 */
public record OutgoingAmqp(
    String address,
    @Nullable String subject,
    int priority,
    boolean durable,
    @Nullable Duration ttl,
    @Nullable CloudEventAttributes cloudEvent,
    Map<String, Object> properties) {
  /** Of messages that say nothing about it (AMQP 1.0, 3.2.1). */
  public static final int DEFAULT_PRIORITY = 4;

  public OutgoingAmqp {
    properties = Map.copyOf(properties);
    if (address.isEmpty()) {
      throw new IllegalArgumentException("address must not be empty");
    }
    if (priority < 0 || priority > 9) {
      throw new IllegalArgumentException("priority must be 0 to 9, not " + priority);
    }
    if (ttl != null && ttl.toMillis() < 1) {
      throw new IllegalArgumentException("ttl must be at least 1 ms, not " + ttl);
    }
  }

  /** A durable message of default priority. */
  public static OutgoingAmqp to(String address) {
    return new OutgoingAmqp(address, null, DEFAULT_PRIORITY, true, null, null, Map.of());
  }

  public OutgoingAmqp withSubject(String other) {
    return new OutgoingAmqp(address, other, priority, durable, ttl, cloudEvent, properties);
  }

  public OutgoingAmqp withPriority(int other) {
    return new OutgoingAmqp(address, subject, other, durable, ttl, cloudEvent, properties);
  }

  public OutgoingAmqp withTtl(Duration other) {
    return new OutgoingAmqp(address, subject, priority, durable, other, cloudEvent, properties);
  }

  public OutgoingAmqp withCloudEvent(CloudEventAttributes other) {
    return new OutgoingAmqp(address, subject, priority, durable, ttl, other, properties);
  }

  public OutgoingAmqp withProperties(Map<String, Object> other) {
    return new OutgoingAmqp(address, subject, priority, durable, ttl, cloudEvent, other);
  }
}
