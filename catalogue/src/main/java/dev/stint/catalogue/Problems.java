package dev.stint.catalogue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects what is wrong in one file, so that all of it is told at once. */
final class Problems {
  private final List<CatalogueProblem> found = new ArrayList<>();

  void add(String path, int line, String message) {
    found.add(new CatalogueProblem(path, line, message));
  }

  void throwIfAny(String source) {
    if (!found.isEmpty()) {
      found.sort(Comparator.comparingInt(CatalogueProblem::line));
      throw new CatalogueException(source, found);
    }
  }
}
