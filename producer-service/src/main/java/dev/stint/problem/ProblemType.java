package dev.stint.problem;

import java.util.Locale;

/** The kinds of problems there are. Their names are part of the API. */
public enum ProblemType {
  MALFORMED_JSON(400, "The body is not JSON"),
  BAD_REQUEST(400, "The request is not HTTP as it should be"),
  NOT_FOUND(404, "There is nothing at this path"),
  UNKNOWN_JOB(404, "There is no such job"),
  UNKNOWN_WORKER(404, "There is no such worker"),
  METHOD_NOT_ALLOWED(405, "This path does not take this method"),
  NOT_ACCEPTABLE(406, "The answer is JSON only"),
  WRONG_STATE(409, "The job is in another state"),
  TOO_LARGE(413, "The body is too large"),
  NOT_JSON(415, "The body has to be application/json"),
  INVALID_REQUEST(422, "The request breaks rules"),
  IDEMPOTENCY_KEY_REUSED(422, "The idempotency key was used for another request"),
  INTERNAL_ERROR(500, "Something in Stint went wrong"),
  STORE_UNAVAILABLE(503, "Redis cannot be reached");

  private final int status;
  private final String title;

  ProblemType(int status, String title) {
    this.status = status;
    this.title = title;
  }

  /** The type that fits an HTTP status best. */
  static ProblemType of(int status) {
    return switch (status) {
      case 404 -> NOT_FOUND;
      case 405 -> METHOD_NOT_ALLOWED;
      case 406 -> NOT_ACCEPTABLE;
      case 413 -> TOO_LARGE;
      case 415 -> NOT_JSON;
      default -> status < 500 ? BAD_REQUEST : INTERNAL_ERROR;
    };
  }

  public int status() {
    return status;
  }

  String title() {
    return title;
  }

  String uri() {
    return "urn:stint:problem:" + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
