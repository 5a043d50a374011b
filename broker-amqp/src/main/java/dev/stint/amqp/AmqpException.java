package dev.stint.amqp;

import org.apache.qpid.proton.amqp.Symbol;
import org.jspecify.annotations.Nullable;

/** What the broker said was wrong, or what was seen of it. */
final class AmqpException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final String NOT_FOUND = "amqp:not-found";

  private final @Nullable String condition;

  AmqpException(String message) {
    super(message, null, false, false);
    this.condition = null;
  }

  AmqpException(Symbol condition, @Nullable String description) {
    super(
        description == null ? condition.toString() : condition + ": " + description,
        null,
        false,
        false);
    this.condition = condition.toString();
  }

  boolean isNotFound() {
    return NOT_FOUND.equals(condition);
  }
}
