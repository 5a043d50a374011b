package dev.stint.catalogue;

import java.util.List;
import java.util.Map;

/** Whether params are what their task's schema wants. */
public sealed interface ParamsCheck {
  /**
   * They are.
   *
   * @param params with the schema's defaults filled in
   */
  record Valid(Map<String, Object> params) implements ParamsCheck {}

  /** They are not; everything that is wrong, at least one. */
  record Invalid(List<Violation> violations) implements ParamsCheck {}

  /**
   * One thing that is wrong.
   *
   * @param pointer JSON pointer (RFC 6901) from the request's body, like {@code /params/number}; to
   *     what is missing, too
   */
  record Violation(String pointer, String message) {}
}
