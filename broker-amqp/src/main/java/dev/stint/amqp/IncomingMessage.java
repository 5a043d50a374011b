package dev.stint.amqp;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.qpid.proton.Proton;
import org.apache.qpid.proton.amqp.Binary;
import org.apache.qpid.proton.amqp.messaging.AmqpValue;
import org.apache.qpid.proton.amqp.messaging.Data;
import org.apache.qpid.proton.amqp.messaging.Section;
import org.apache.qpid.proton.codec.ReadableBuffer;
import org.apache.qpid.proton.message.impl.MessageImpl;
import org.jspecify.annotations.Nullable;

/** A message as it was read from the wire; its attributes are made out when they are asked for. */
final class IncomingMessage {
  private static final byte[] NOTHING = {};

  private final String address;
  private final MessageImpl message;
  private final byte[] payload;

  private IncomingMessage(String address, MessageImpl message, byte[] payload) {
    this.address = address;
    this.message = message;
    this.payload = payload;
  }

  /**
   * @throws RuntimeException if that is no AMQP message, or its body is neither bytes nor a text
   */
  static IncomingMessage read(String address, ReadableBuffer bytes) {
    var message = (MessageImpl) Proton.message();
    message.decode(bytes);
    return new IncomingMessage(address, message, payloadOf(message.getBody()));
  }

  byte[] payload() {
    return payload;
  }

  IncomingAmqp attributes() {
    var properties = new WireProperties(message.getApplicationProperties());
    var id = message.getMessageId();
    return new IncomingAmqp(
        address,
        message.getSubject(),
        id == null ? null : id.toString(),
        message.getPriority(),
        message.getDeliveryCount(),
        message.getContentType(),
        properties.others(),
        properties.cloudEvent(message.getContentType()));
  }

  private static byte[] payloadOf(@Nullable Section body) {
    return switch (body) {
      case null -> NOTHING;
      case Data data -> bytesOf(data.getValue());
      case AmqpValue value when value.getValue() instanceof Binary binary -> bytesOf(binary);
      case AmqpValue value when value.getValue() instanceof String text ->
          text.getBytes(StandardCharsets.UTF_8);
      default -> throw new AmqpException("the body is neither bytes nor a text");
    };
  }

  private static byte[] bytesOf(Binary binary) {
    var array = binary.getArray();
    int start = binary.getArrayOffset();
    return start == 0 && binary.getLength() == array.length
        ? array
        : Arrays.copyOfRange(array, start, start + binary.getLength());
  }
}
