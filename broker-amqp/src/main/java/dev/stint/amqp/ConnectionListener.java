package dev.stint.amqp;

/**
 * Is told when the broker comes and goes. Called on the connection's event loop: must not block.
 */
public interface ConnectionListener {
  /**
   * The connection stands: lanes are declared and the links of all subscriptions are opened, with
   * credit 0. Called after every successful connect, the first included.
   */
  void connected();

  /**
   * The connection is gone. Every delivery it brought that was not settled is on its way to another
   * consumer, so what is being done for it should stop. Called once for each {@link #connected}
   * unless the connection was closed by {@link AmqpConnection#close}.
   */
  void lost(Throwable cause);
}
