package dev.stint.amqp;

import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import org.apache.qpid.proton.Proton;
import org.apache.qpid.proton.amqp.Binary;
import org.apache.qpid.proton.amqp.messaging.Data;
import org.apache.qpid.proton.codec.WritableBuffer;
import org.apache.qpid.proton.message.Message;
import org.apache.qpid.proton.message.impl.MessageImpl;
import org.jspecify.annotations.Nullable;

/**
 * Writes messages in the form they have on the wire, into a buffer that it keeps. For one thread.
 */
final class OutgoingMessage {
  private static final int FIRST_SIZE = 4 * 1024;

  private ByteBuffer buffer = ByteBuffer.allocate(FIRST_SIZE);

  /**
   * @param to where an anonymous link shall bring it; null on a link with an address
   * @return valid until the next call
   */
  ByteBuffer encoded(OutgoingAmqp attributes, byte[] payload, @Nullable String to) {
    return encoded((MessageImpl) message(attributes, payload, to));
  }

  ByteBuffer encoded(MessageImpl message) {
    while (true) {
      try {
        buffer.clear();
        message.encode(new WritableBuffer.ByteBufferWrapper(buffer));
        return buffer.flip();
      } catch (BufferOverflowException _) {
        buffer = ByteBuffer.allocate(buffer.capacity() * 2);
      }
    }
  }

  private static Message message(OutgoingAmqp attributes, byte[] payload, @Nullable String to) {
    var message = Proton.message();
    message.setDurable(attributes.durable());
    if (attributes.priority() != OutgoingAmqp.DEFAULT_PRIORITY) {
      message.setPriority((short) attributes.priority());
    }
    if (attributes.ttl() != null) {
      message.setTtl(attributes.ttl().toMillis());
    }
    if (to != null) {
      message.setAddress(to);
    }
    if (attributes.subject() != null) {
      message.setSubject(attributes.subject());
    }
    var event = attributes.cloudEvent();
    if (event != null) {
      message.setMessageId(event.id());
      if (event.dataContentType() != null) {
        message.setContentType(event.dataContentType());
      }
    }
    message.setApplicationProperties(WireProperties.of(attributes));
    message.setBody(new Data(new Binary(payload)));
    return message;
  }
}
