package dev.stint.work;

import dev.stint.job.Publication;

/**
 * A message from the broker, unsettled. Each is settled once; settling after the connection was
 * lost does nothing, since the broker has taken the message back. For any thread.
 */
public interface Delivery {
  /**
   * The job in it, with the ticket of this publication.
   *
   * @throws IllegalArgumentException if it is no job, saying why
   */
  Publication job();

  /** What is in it, job or not. */
  byte[] body();

  /** The job's move is in the store: the broker may forget the message. */
  void accept();

  /** Not begun, or given back: another worker may have it. Not counted against the message. */
  void release();

  /** No job of ours: to the dead letters. */
  void reject(String why);

  /** Whether the connection it came on is gone, so that the broker gives the message to another. */
  boolean lost();
}
