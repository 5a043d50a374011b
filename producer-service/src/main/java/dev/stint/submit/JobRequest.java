package dev.stint.submit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stint.job.JobSpec;
import dev.stint.job.RetryPolicy;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;

/**
 * The envelope of a request to run a job. What depends on the task is not checked here.
 *
 * @param task name of the task
 * @param queue one of the task's queues; its first by default
 * @param priority 0 by default; higher goes first
 * @param delay how long to wait before the first attempt; not together with runAt
 * @param runAt when to run; at once if it is past
 * @param timeout of each attempt; the task's by default
 * @param maxAttempts short for that of retry
 * @param retry what differs from the task
 */
record JobRequest(
    @NotNull(message = "is required") @Schema(examples = "sha256") @Nullable String task,
    @Schema(description = "As the task's schema wants them") ObjectNode params,
    @Schema(description = "One of the task's queues; its first by default") @Nullable String queue,
    @Min(value = 0, message = PRIORITY_RULE) @Max(value = JobSpec.MAX_PRIORITY, message = PRIORITY_RULE) @Schema(description = "Higher goes first", defaultValue = "0")
        @Nullable Integer priority,
    @DurationMax(days = LONGEST_WAIT_DAYS, message = DELAY_RULE)
        @Schema(
            description = "Before the first attempt; not together with runAt",
            implementation = String.class,
            examples = "30s")
        @Nullable Duration delay,
    @Schema(description = "When to run; at once if it is past") @Nullable Instant runAt,
    @DurationMin(millis = 1, message = TIMEOUT_RULE)
        @DurationMax(days = 30, message = TIMEOUT_RULE)
        @Schema(
            description = "Of each attempt; the task's by default",
            implementation = String.class,
            examples = "5m")
        @Nullable Duration timeout,
    @Min(value = 1, message = ATTEMPTS_RULE) @Max(value = RetryPolicy.MOST_ATTEMPTS, message = ATTEMPTS_RULE) @Schema(description = "Short for that of retry")
        @Nullable Integer maxAttempts,
    @Valid @Nullable RetryRequest retry,
    @Size(max = 20, message = "must not be more than 20") Map<
                @Size(min = 1, max = 63, message = "must have a name of 1 to 63 characters") String,
                @Size(max = 255, message = "must be at most 255 characters long") String>
            labels) {
  static final long LONGEST_WAIT_DAYS = 3660;

  private static final String PRIORITY_RULE = "must be 0 to " + JobSpec.MAX_PRIORITY;
  static final String DELAY_RULE = "must be at most " + LONGEST_WAIT_DAYS + "d";
  private static final String TIMEOUT_RULE = "must be more than 0 and at most 30d";
  static final String ATTEMPTS_RULE = "must be 1 to " + RetryPolicy.MOST_ATTEMPTS;
}
