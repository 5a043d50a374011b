package dev.stint.job;

import java.util.concurrent.CompletionStage;

/** The producer's way to the broker. */
public interface JobQueue {
  /**
   * Puts a job on its lane. Completes when the broker has confirmed it; fails if the broker refused
   * it, cannot be reached, or did not answer in time. After a failure the message may still be
   * there.
   */
  CompletionStage<Void> publish(Publication publication);

  /** Whether the broker is connected. */
  boolean isReady();
}
