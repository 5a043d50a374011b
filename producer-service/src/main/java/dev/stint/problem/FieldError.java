package dev.stint.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong in a request; one of the first three says where.
 *
 * @param pointer JSON pointer (RFC 6901) into the body
 * @param parameter name of a query parameter
 * @param header name of a header
 * @param detail the rule that was broken
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FieldError(
    @Nullable String pointer, @Nullable String parameter, @Nullable String header, String detail) {

  public static FieldError at(String pointer, String detail) {
    return new FieldError(pointer, null, null, detail);
  }

  public static FieldError inParameter(String name, String detail) {
    return new FieldError(null, name, null, detail);
  }

  public static FieldError inHeader(String name, String detail) {
    return new FieldError(null, null, name, detail);
  }
}
