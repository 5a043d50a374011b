package dev.stint.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.stint.job.Attempt;
import dev.stint.job.Failure;
import dev.stint.job.Job;
import dev.stint.job.JobSpec;
import dev.stint.job.JobState;
import dev.stint.job.RetryPolicy;
import dev.stint.job.StateName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A job as the API shows it.
 *
 * @param attempt number of the current or last attempt; 0 before the first
 * @param retry how it is tried again: as its task says, but for what the request said
 * @param timeout of each attempt
 * @param dueAt when it is or was to be run, if not at once
 * @param startedAt of the current or last attempt
 * @param finishedAt when the job ended
 * @param worker id of the worker of the current or last attempt
 * @param progress of the current attempt, 0 to 1
 * @param cancelling true if its worker has been asked to stop it
 * @param error why the job failed, or why it is tried again
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record JobView(
    String id,
    String task,
    String queue,
    StateName state,
    int attempt,
    int maxAttempts,
    RetryPolicy retry,
    Duration timeout,
    int priority,
    Map<String, Object> params,
    Map<String, String> labels,
    Instant createdAt,
    @Nullable Instant dueAt,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt,
    @Nullable String worker,
    @Nullable Double progress,
    @Nullable Boolean cancelling,
    @Nullable Failure error,
    List<Attempt> attempts,
    Links links) {

  /** Where the API has jobs. */
  public static final String PATH = "/api/v1/jobs";

  /**
   * Where there is more about a job.
   *
   * @param cancel DELETE this to cancel; absent once the job has ended
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Links(String self, String result, String log, @Nullable String cancel) {
    static Links of(Job job) {
      String self = PATH + "/" + job.spec().id();
      return new Links(
          self, self + "/result", self + "/log", job.state().name().isFinal() ? null : self);
    }
  }

  public static JobView of(Job job) {
    JobSpec spec = job.spec();
    Attempt last = job.attempts().isEmpty() ? null : job.attempts().getLast();
    return new JobView(
        spec.id().value(),
        spec.task(),
        spec.queue(),
        job.state().name(),
        job.attempt(),
        spec.retry().maxAttempts(),
        spec.retry(),
        spec.timeout(),
        spec.priority(),
        spec.params(),
        spec.labels(),
        spec.createdAt(),
        dueAt(job),
        last == null ? null : last.startedAt(),
        finishedAt(job.state()),
        last == null ? null : last.worker(),
        job.progress(),
        job.cancelling() ? true : null,
        error(job.state()),
        job.attempts(),
        Links.of(job));
  }

  private static @Nullable Instant dueAt(Job job) {
    return switch (job.state()) {
      case JobState.Scheduled(var dueAt) -> dueAt;
      case JobState.Retrying(var dueAt, _) -> dueAt;
      case JobState.Queued _,
          JobState.Running _,
          JobState.Succeeded _,
          JobState.Failed _,
          JobState.Cancelled _ ->
          job.spec().dueAt();
    };
  }

  private static @Nullable Instant finishedAt(JobState state) {
    return switch (state) {
      case JobState.Succeeded(var finishedAt) -> finishedAt;
      case JobState.Failed(var finishedAt, _) -> finishedAt;
      case JobState.Cancelled(var finishedAt) -> finishedAt;
      case JobState.Scheduled _, JobState.Queued _, JobState.Running _, JobState.Retrying _ -> null;
    };
  }

  private static @Nullable Failure error(JobState state) {
    return switch (state) {
      case JobState.Failed(_, var failure) -> failure;
      case JobState.Retrying(_, var failure) -> failure;
      case JobState.Scheduled _,
          JobState.Queued _,
          JobState.Running _,
          JobState.Succeeded _,
          JobState.Cancelled _ ->
          null;
    };
  }
}
