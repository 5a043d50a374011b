package dev.stint.submit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stint.job.JobFilter;
import dev.stint.job.StateName;
import dev.stint.lane.Lane;
import dev.stint.problem.FieldError;
import dev.stint.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Which jobs to move together. At least one of state, task and queue is there, so that nobody moves
 * all jobs by an empty request.
 *
 * @param state null: what is usual for the move
 * @param limit at most so many are looked at
 */
@Schema(description = "At least one of `state`, `task` and `queue` is required")
record BulkRequest(
    @Nullable StateName state,
    @Schema(implementation = String.class) @Nullable String task,
    @Schema(implementation = String.class) @Nullable String queue,
    @Schema(minimum = "1", maximum = "10000", defaultValue = "1000") int limit) {
  static final int DEFAULT_LIMIT = 1_000;
  static final int MOST = 10_000;

  /**
   * Reads a body.
   *
   * @param movable the states in which jobs can be moved
   * @throws dev.stint.problem.ProblemException with everything that is wrong in it
   */
  static BulkRequest read(ObjectNode body, List<StateName> movable) {
    var errors = new ArrayList<FieldError>();
    var fields = new RequestFields(body, errors);
    fields.allowOnly("state", "task", "queue", "limit");
    var request =
        new BulkRequest(
            fields.parsed("state", text -> state(text, movable), rule(movable)),
            fields.parsed("task", BulkRequest::name, "text"),
            fields.parsed("queue", BulkRequest::name, "text"),
            Objects.requireNonNullElse(fields.integer("limit"), DEFAULT_LIMIT));
    if (request.limit < 1 || request.limit > MOST) {
      errors.add(FieldError.at("/limit", "must be 1 to " + MOST));
    }
    if (errors.isEmpty() && request.filter(request.state).equals(JobFilter.ALL)) {
      errors.add(FieldError.at("", "must have at least one of state, task, queue"));
    }
    if (!errors.isEmpty()) {
      throw Problem.invalid(errors).toException();
    }
    return request;
  }

  /**
   * The filters that together let through what is asked for: one for each state.
   *
   * @param usual states to look in, in this order, if none is given
   */
  List<JobFilter> filters(List<StateName> usual) {
    return (state == null ? usual : List.of(state)).stream().map(this::filter).toList();
  }

  private JobFilter filter(@Nullable StateName inState) {
    return new JobFilter(inState, task, queue);
  }

  private static StateName state(String text, List<StateName> movable) {
    return movable.stream()
        .filter(state -> state.wire().equals(text))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("must be " + rule(movable)));
  }

  private static String rule(List<StateName> movable) {
    return "one of "
        + movable.stream().map(StateName::wire).sorted().collect(Collectors.joining(", "));
  }

  private static String name(String text) {
    if (!Lane.NAME.matcher(text).matches()) {
      throw new IllegalArgumentException("must match " + Lane.NAME);
    }
    return text;
  }
}
