package dev.stint.handler;

import java.time.Instant;
import java.util.Map;

/** What a handler knows about its job, and what it can say while it runs. For any thread. */
public interface JobContext {
  String jobId();

  String task();

  String queue();

  /** Number of this attempt, from 1. */
  int attempt();

  int maxAttempts();

  /** Valid by the task's schema, defaults filled in. */
  Map<String, Object> params();

  Map<String, String> labels();

  /** When this attempt will be interrupted. */
  Instant deadline();

  /**
   * Says how far the work is.
   *
   * @param fraction 0 to 1
   */
  void progress(double fraction);

  /** Adds a line to the job's log. */
  void log(String line);
}
