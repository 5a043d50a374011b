package dev.stint.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong in an attempt.
 *
 * @param message one line for people; at most {@value #MAX_MESSAGE} characters are kept
 * @param stack where it happened, if that is known; at most {@value #MAX_STACK} characters are kept
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Failure(FailureKind kind, String message, @Nullable String stack) {
  static final int MAX_MESSAGE = 2_000;
  static final int MAX_STACK = 16_000;

  public Failure {
    message = cut(message, MAX_MESSAGE);
    stack = stack == null ? null : cut(stack, MAX_STACK);
  }

  public static Failure of(FailureKind kind, String message) {
    return new Failure(kind, message, null);
  }

  private static String cut(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most - 1) + "…";
  }
}
