package dev.stint.amqp;

/**
 * Is told when the broker comes and goes. Called on the connection's event loop: must not block.
 */
public interface ConnectionListener {
  /**
   * The connection stands and lanes are declared: messages can be sent. The links of subscriptions
   * are being opened; {@link CreditSubscriber#opened} tells of each. Called after every successful
   * connect, the first included.
   */
  void connected();

  /**
   * The connection is gone. Every delivery it brought that was not settled is on its way to another
   * consumer, so what is being done for it should stop. Subscribers have been told before. Called
   * once for each {@link #connected} unless it was {@link AmqpConnection#close} that ended it.
   */
  void lost(Throwable cause);
}
