package dev.stint.view;

import dev.stint.problem.FieldError;
import dev.stint.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads query parameters; what is wrong is collected. */
final class QueryParameters {
  private final Map<String, List<String>> parameters;
  private final List<FieldError> errors = new ArrayList<>();

  QueryParameters(Map<String, List<String>> parameters, String... known) {
    this.parameters = parameters;
    for (String name : parameters.keySet()) {
      if (!List.of(known).contains(name)) {
        error(name, "is not a known parameter; known: " + String.join(", ", known));
      }
    }
  }

  /**
   * A parameter; null if it is absent.
   *
   * @param parser throws {@link IllegalArgumentException} with the rule that is broken
   */
  <T> @Nullable T read(String name, Function<String, T> parser) {
    List<String> values = parameters.getOrDefault(name, List.of());
    if (values.size() > 1) {
      error(name, "must be given once");
      return null;
    }
    try {
      return values.isEmpty() ? null : parser.apply(values.getFirst());
    } catch (IllegalArgumentException e) {
      error(name, String.valueOf(e.getMessage()));
      return null;
    }
  }

  int number(String name, int least, int most, int otherwise) {
    Integer number = read(name, text -> between(least, most, text));
    return number == null ? otherwise : number;
  }

  void throwIfAny() {
    if (!errors.isEmpty()) {
      throw Problem.invalid(errors).toException();
    }
  }

  private static int between(int least, int most, String text) {
    // Nine digits cannot overflow, and no parameter allows more.
    if (text.matches("\\d{1,9}")) {
      int number = Integer.parseInt(text);
      if (number >= least && number <= most) {
        return number;
      }
    }
    throw new IllegalArgumentException("must be " + least + " to " + most);
  }

  private void error(String name, String detail) {
    errors.add(FieldError.inParameter(name, detail));
  }
}
