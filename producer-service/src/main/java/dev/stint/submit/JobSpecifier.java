package dev.stint.submit;

import dev.stint.catalogue.Catalogue;
import dev.stint.catalogue.ParamsCheck;
import dev.stint.job.IdempotencyKey;
import dev.stint.job.JobIdSource;
import dev.stint.job.JobSpec;
import dev.stint.job.Partitions;
import dev.stint.job.RetryPolicy;
import dev.stint.problem.FieldError;
import dev.stint.task.Task;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Makes a request whole: checks it against its task, and fills in what the task has for it. */
@Singleton
final class JobSpecifier {
  private static final Duration LONGEST_WAIT = Duration.ofDays(JobRequest.LONGEST_WAIT_DAYS);

  private final Catalogue catalogue;
  private final JobIdSource ids;
  private final Partitions partitions;
  private final RandomGenerator random;
  private final InstantSource clock;

  JobSpecifier(
      Catalogue catalogue,
      JobIdSource ids,
      Partitions partitions,
      RandomGenerator random,
      InstantSource clock) {
    this.catalogue = catalogue;
    this.ids = ids;
    this.partitions = partitions;
    this.random = random;
    this.clock = clock;
  }

  /** The spec of a new job; empty if there are errors, earlier ones or those added here. */
  Optional<JobSpec> specify(
      JobRequest request, @Nullable IdempotencyKey key, List<FieldError> errors) {
    if (request.task() == null) {
      return Optional.empty();
    }
    Task task = catalogue.task(request.task()).orElse(null);
    if (task == null) {
      String known = String.join(", ", catalogue.taskNames());
      errors.add(FieldError.at("/task", "is not in the catalogue; known: " + known));
      return Optional.empty();
    }
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    String queue = queue(task, request, errors);
    Instant dueAt = dueAt(request, now, errors);
    Map<String, Object> params = params(request, task, errors);
    RetryPolicy retry = retry(request, task, errors).orElse(null);
    if (!errors.isEmpty() || retry == null) {
      return Optional.empty();
    }
    return Optional.of(
        new JobSpec(
            ids.next(key == null ? partitions.any(random) : partitions.of(key)),
            task.name(),
            queue,
            params,
            Objects.requireNonNullElse(request.priority(), 0),
            request.labels(),
            now,
            dueAt,
            Objects.requireNonNullElse(request.timeout(), task.timeout()),
            retry));
  }

  private static Optional<RetryPolicy> retry(
      JobRequest request, Task task, List<FieldError> errors) {
    RetryRequest wanted = request.retry();
    Optional<RetryPolicy> policy =
        wanted == null ? Optional.of(task.retry()) : wanted.over(task.retry(), errors);
    Integer attempts = request.maxAttempts();
    return errors.isEmpty() && attempts != null
        ? policy.map(it -> it.withMaxAttempts(attempts))
        : policy;
  }

  private Map<String, Object> params(JobRequest request, Task task, List<FieldError> errors) {
    return switch (catalogue.params(task.name()).check(request.params())) {
      case ParamsCheck.Valid(var params) -> params;
      case ParamsCheck.Invalid(var violations) -> {
        violations.forEach(each -> errors.add(FieldError.at(each.pointer(), each.message())));
        yield Map.of();
      }
    };
  }

  private static String queue(Task task, JobRequest request, List<FieldError> errors) {
    String queue = Objects.requireNonNullElse(request.queue(), task.queues().getFirst());
    if (!task.queues().contains(queue)) {
      String known = String.join(", ", task.queues());
      errors.add(FieldError.at("/queue", "is no queue of this task; known: " + known));
    }
    return queue;
  }

  private static @Nullable Instant dueAt(JobRequest request, Instant now, List<FieldError> errors) {
    Instant runAt = request.runAt();
    Duration delay = request.delay();
    if (runAt == null && delay != null && delay.compareTo(LONGEST_WAIT) <= 0) {
      runAt = now.plus(delay).truncatedTo(ChronoUnit.MILLIS);
    }
    if (runAt != null && runAt.isAfter(now.plus(LONGEST_WAIT))) {
      errors.add(
          FieldError.at("/runAt", "must be at most " + LONGEST_WAIT.toDays() + "d from now"));
    }
    return runAt != null && runAt.isAfter(now) ? runAt : null;
  }
}
