package dev.stint.amqp;

import org.jspecify.annotations.Nullable;

/** A message was not confirmed by the broker. It is never sent again by itself. */
public final class SendFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Why. */
  public enum Reason {
    /** There is no connection, or it broke before the message was written; nothing was sent. */
    NOT_CONNECTED(false),
    /** There is no such address, or no queue behind it; nothing was stored. */
    UNROUTABLE(false),
    /** The broker refused it for good. */
    REJECTED(false),
    /** The broker gave it back (released or modified). */
    RETURNED(false),
    /** The broker gave no credit for it in time (full, or paging); nothing was sent. */
    NO_CREDIT(false),
    /** It was sent, and no answer came in time. */
    UNCONFIRMED(true),
    /** It was sent, and the connection or its link broke before the answer. */
    LOST(true);

    private final boolean mayBeStored;

    Reason(boolean mayBeStored) {
      this.mayBeStored = mayBeStored;
    }
  }

  private final Reason reason;

  SendFailedException(Reason reason, String message, @Nullable Throwable cause) {
    // No stack: it is made on the event loop, by the hundreds when a broker goes, and says nothing.
    super(message, cause, false, false);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }

  /**
   * Whether the broker may have the message all the same, so that sending it again may double it.
   */
  public boolean mayBeStored() {
    return reason.mayBeStored;
  }
}
