package dev.stint.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One run of a job.
 *
 * @param number from 1
 * @param worker id of the worker that ran it
 * @param finishedAt absent while it runs
 * @param error absent while it runs and if it succeeded
 * @param log its last lines if it failed, see {@link FailedAttempt}; empty otherwise. Of one that
 *     was lost: the last of its job
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Attempt(
    int number,
    String worker,
    Instant startedAt,
    @Nullable Instant finishedAt,
    @Nullable Failure error,
    List<String> log) {
  public Attempt {
    log = List.copyOf(log);
  }

  /** One that has left no lines. */
  public Attempt(
      int number,
      String worker,
      Instant startedAt,
      @Nullable Instant finishedAt,
      @Nullable Failure error) {
    this(number, worker, startedAt, finishedAt, error, List.of());
  }
}
