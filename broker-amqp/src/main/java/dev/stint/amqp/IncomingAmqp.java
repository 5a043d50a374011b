package dev.stint.amqp;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Metadata of a message that was received.
 *
 * @param address what was subscribed to
 * @param priority 0 to 9
 * @param deliveryCount failed deliveries before this one, as the broker counts them; brokers differ
 *     in what they count
 * @param properties application properties, those of the CloudEvent left out
 * @param cloudEvent if the message is a CloudEvent in binary mode
 */
public record IncomingAmqp(
    String address,
    @Nullable String subject,
    @Nullable String messageId,
    int priority,
    long deliveryCount,
    @Nullable String contentType,
    Map<String, Object> properties,
    @Nullable CloudEventAttributes cloudEvent) {}
