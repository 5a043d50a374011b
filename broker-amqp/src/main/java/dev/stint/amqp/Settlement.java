package dev.stint.amqp;

/**
 * How a message is given back: metadata of {@code nack}. Without one it is {@link #RELEASE}d.
 *
 * @see StintAmqpConnector
 */
public sealed interface Settlement {
  /** Back to its queue, as if it had never been delivered: another consumer gets it at once. */
  Settlement RELEASE = new Release();

  /** Back to its queue; the delivery counts as a failure, and enough of them make it dead. */
  Settlement MODIFIED_FAILED = new ModifiedFailed();

  /**
   * Not for this consumer: counted as a failure; the broker gives it to another one or gives up.
   */
  Settlement MODIFIED_UNDELIVERABLE_HERE = new ModifiedUndeliverableHere();

  /** To the dead letters at once. */
  static Settlement reject(String description) {
    return new Reject(description);
  }

  /** AMQP's {@code released}. */
  record Release() implements Settlement {}

  /** AMQP's {@code modified} with {@code delivery-failed}. */
  record ModifiedFailed() implements Settlement {}

  /** AMQP's {@code modified} with {@code delivery-failed} and {@code undeliverable-here}. */
  record ModifiedUndeliverableHere() implements Settlement {}

  /**
   * AMQP's {@code rejected}.
   *
   * @param description why, for people
   */
  record Reject(String description) implements Settlement {}
}
