package dev.stint.submit;

import dev.stint.job.FailureKind;
import dev.stint.job.RetryPolicy;
import dev.stint.problem.FieldError;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.hibernate.validator.constraints.time.DurationMax;
import org.jspecify.annotations.Nullable;

/**
 * How one job is to be tried again, as far as it differs from its task: null is what the task has.
 *
 * @param never replaces the task's list; empty: after no failure it is final before its time
 * @param neverExitCodes replaces the task's list
 */
@Schema(description = "How the job is tried again; what is absent is as the task has it")
record RetryRequest(
    @Min(value = 1, message = JobRequest.ATTEMPTS_RULE) @Max(value = RetryPolicy.MOST_ATTEMPTS, message = JobRequest.ATTEMPTS_RULE) @Nullable Integer maxAttempts,
    @DurationMax(days = JobRequest.LONGEST_WAIT_DAYS, message = JobRequest.DELAY_RULE)
        @Schema(
            description = "Delay before the second attempt",
            implementation = String.class,
            examples = "1s")
        @Nullable Duration min,
    @DurationMax(days = JobRequest.LONGEST_WAIT_DAYS, message = JobRequest.DELAY_RULE)
        @Schema(
            description = "No delay is longer; not less than min",
            implementation = String.class,
            examples = "10m")
        @Nullable Duration max,
    @DecimalMin(value = "1", message = MULTIPLIER_RULE) @DecimalMax(value = "100", message = MULTIPLIER_RULE) @Schema(description = "Of the delay from one attempt to the next")
        @Nullable BigDecimal multiplier,
    @DecimalMin(value = "0", message = JITTER_RULE) @DecimalMax(value = "1", message = JITTER_RULE) @Schema(description = "The part of each delay that is random, 0 to 1")
        @Nullable BigDecimal jitter,
    @Schema(
            description = "Kinds of failure after which there is no other attempt",
            examples = "[\"timeout\", \"lost\"]")
        @Nullable List<FailureKind> never,
    @Schema(
            description =
                "Exit codes of commands, 1 to 255, after which there is no other attempt; a death"
                    + " by signal is 128 and its number",
            examples = "[2, 64]")
        @Nullable List<Integer> neverExitCodes) {
  private static final String MULTIPLIER_RULE = "must be 1 to 100";
  private static final String JITTER_RULE = "must be 0 to 1";

  /** What is wrong is noted, and read as if it were absent. */
  static RetryRequest read(RequestFields fields) {
    fields.allowOnly(
        "maxAttempts", "min", "max", "multiplier", "jitter", "never", "neverExitCodes");
    return new RetryRequest(
        fields.integer("maxAttempts"),
        fields.duration("min"),
        fields.duration("max"),
        fields.decimal("multiplier"),
        fields.decimal("jitter"),
        fields.each("never", String.class, FailureKind::parseRetryable),
        fields.each("neverExitCodes", Integer.class, RetryRequest::exitCode));
  }

  /** The policy of a job; empty if it is not consistent with that of its task. */
  Optional<RetryPolicy> over(RetryPolicy task, List<FieldError> errors) {
    Duration least = Objects.requireNonNullElse(min, task.min());
    Duration most = max != null ? max : task.max().compareTo(least) < 0 ? least : task.max();
    if (most.compareTo(least) < 0) {
      errors.add(FieldError.at("/retry/max", "must not be less than min, which is " + least));
    }
    if (!errors.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new RetryPolicy(
            Objects.requireNonNullElse(maxAttempts, task.maxAttempts()),
            least,
            most,
            multiplier == null ? task.multiplier() : multiplier.doubleValue(),
            jitter == null ? task.jitter() : jitter.doubleValue(),
            never == null ? task.never() : Set.copyOf(never),
            neverExitCodes == null ? task.neverExitCodes() : Set.copyOf(neverExitCodes)));
  }

  private static int exitCode(int code) {
    if (code < 1 || code > RetryPolicy.MOST_EXIT_CODE) {
      throw new IllegalArgumentException("must be 1 to " + RetryPolicy.MOST_EXIT_CODE);
    }
    return code;
  }
}
