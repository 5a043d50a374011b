package dev.stint.start;

import java.util.List;

/** A worker cannot be started as it is set up. */
final class SetupException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final List<String> problems;

  SetupException(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = List.copyOf(problems);
  }

  List<String> problems() {
    return problems;
  }
}
