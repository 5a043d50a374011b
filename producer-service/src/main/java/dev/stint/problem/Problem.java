package dev.stint.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.stint.job.StateName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a request was not done: problem details as in RFC 9457.
 *
 * @param type {@code urn:stint:problem:} and a name that never changes
 * @param title what kind of problem it is
 * @param detail what is wrong this time, for people
 * @param instance path of the request
 * @param state of the job, if that was the obstacle
 * @param errors everything that is wrong in the request, if that is it
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Problem(
    String type,
    String title,
    int status,
    String detail,
    @Nullable String instance,
    @Nullable StateName state,
    List<FieldError> errors) {
  public static final String MEDIA_TYPE = "application/problem+json";

  public static Problem of(ProblemType type, String detail) {
    return new Problem(type.uri(), type.title(), type.status(), detail, null, null, List.of());
  }

  /** Of an HTTP status that says it all. */
  static Problem of(int status) {
    ProblemType type = ProblemType.of(status);
    return new Problem(type.uri(), type.title(), status, type.title(), null, null, List.of());
  }

  /** A request that breaks rules, all of them told. */
  public static Problem invalid(List<FieldError> errors) {
    String detail =
        errors.size() == 1
            ? "1 thing is wrong in the request"
            : errors.size() + " things are wrong in the request";
    var type = ProblemType.INVALID_REQUEST;
    return new Problem(type.uri(), type.title(), type.status(), detail, null, null, errors);
  }

  public static Problem unknownJob(String id) {
    return of(ProblemType.UNKNOWN_JOB, "There is no job " + id);
  }

  public static Problem wrongState(StateName state, String detail) {
    var type = ProblemType.WRONG_STATE;
    return new Problem(type.uri(), type.title(), type.status(), detail, null, state, List.of());
  }

  public ProblemException toException() {
    return new ProblemException(this);
  }

  Problem withInstance(String path) {
    return new Problem(type, title, status, detail, path, state, errors);
  }
}
