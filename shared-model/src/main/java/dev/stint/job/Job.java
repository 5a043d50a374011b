package dev.stint.job;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A job as its record tells it, at one moment.
 *
 * @param attempt number of the current or last attempt; 0 before the first
 * @param attempts all of them, oldest first, the current one included
 * @param progress of the current attempt, 0 to 1, if the handler reports any
 * @param cancelling whether its worker has been asked to stop it
 */
public record Job(
    JobSpec spec,
    JobState state,
    int attempt,
    List<Attempt> attempts,
    @Nullable Double progress,
    boolean cancelling) {

  public Job {
    attempts = List.copyOf(attempts);
  }
}
