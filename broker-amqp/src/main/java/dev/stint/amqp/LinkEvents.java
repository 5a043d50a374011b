package dev.stint.amqp;

import org.apache.qpid.proton.engine.Delivery;

/** What becomes of a link, told to whoever opened it, on the event loop. */
interface LinkEvents {
  /** The broker has opened its end. */
  default void opened() {}

  /** The broker said something about credit. */
  default void flow() {}

  /** A message came (or a part of it), or the broker has said what became of one that was sent. */
  default void delivery(Delivery delivery) {}

  /** The link is gone: detached by the broker, or with its session or connection. The last call. */
  void gone(Throwable cause);
}
