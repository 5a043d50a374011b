package dev.stint.job;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.stint.lane.Lane;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was asked for: everything about a job that never changes. It is kept in the record and
 * travels whole in the job's message, so each can restore the other.
 *
 * @param params as the task's schema wants them, defaults filled in; JSON values only
 * @param priority 0 (default) to 9 (first)
 * @param dueAt not to be run before; absent: at once
 * @param timeout of each attempt
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record JobSpec(
    JobId id,
    String task,
    String queue,
    @JsonInclude(JsonInclude.Include.ALWAYS) Map<String, Object> params,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) int priority,
    Map<String, String> labels,
    Instant createdAt,
    @Nullable Instant dueAt,
    Duration timeout,
    RetryPolicy retry) {

  public static final int MAX_PRIORITY = 9;

  public JobSpec {
    // Specs come back from messages and records: what is missing there is named here.
    requireNonNull(id, "id");
    requireNonNull(task, "task");
    requireNonNull(queue, "queue");
    requireNonNull(params, "params");
    requireNonNull(createdAt, "createdAt");
    requireNonNull(timeout, "timeout");
    requireNonNull(retry, "retry");
    labels = labels == null ? Map.of() : Map.copyOf(labels);
  }

  /** Whether this is the lane of the job. */
  public boolean isFor(Lane lane) {
    return lane.task().equals(task) && lane.queue().equals(queue);
  }

  @JsonIgnore
  public Lane lane() {
    return new Lane(queue, task);
  }
}
