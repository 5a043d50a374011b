package dev.stint.catalogue;

import java.util.List;
import java.util.stream.Collectors;

/** A catalogue that cannot be used, with everything that is wrong in it. */
public final class CatalogueException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<CatalogueProblem> problems;

  CatalogueException(String source, List<CatalogueProblem> problems) {
    super(
        problems.stream()
            .map(problem -> "\n  " + problem)
            .collect(Collectors.joining("", source + ":", "")));
    this.problems = List.copyOf(problems);
  }

  /** In the order of the file; at least one. */
  public List<CatalogueProblem> problems() {
    return problems;
  }
}
