package dev.stint.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong in an attempt.
 *
 * @param message one line for people; at most {@value #MAX_MESSAGE} characters are kept
 * @param stack where it happened, if that is known; at most {@value #MAX_STACK} characters are kept
 * @param exitCode of a command; 128 and the number of a signal that ended it
 * @param status that an HTTP endpoint answered with
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Failure(
    FailureKind kind,
    String message,
    @Nullable String stack,
    @Nullable Integer exitCode,
    @Nullable Integer status) {
  static final int MAX_MESSAGE = 2_000;
  static final int MAX_STACK = 16_000;

  public Failure {
    message = cut(message, MAX_MESSAGE);
    stack = stack == null ? null : cut(stack, MAX_STACK);
  }

  public Failure(FailureKind kind, String message, @Nullable String stack) {
    this(kind, message, stack, null, null);
  }

  public static Failure of(FailureKind kind, String message) {
    return new Failure(kind, message, null);
  }

  /** Of a command that ended with another code than 0. */
  public static Failure exit(int code, String message) {
    return new Failure(FailureKind.EXIT, message, null, code, null);
  }

  /** Of an HTTP endpoint that answered with an error. */
  public static Failure http(int status, String message) {
    return new Failure(FailureKind.HTTP, message, null, null, status);
  }

  private static String cut(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most - 1) + "…";
  }
}
