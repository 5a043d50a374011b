package dev.stint.catalogue;

/**
 * One thing that is wrong in a catalogue file.
 *
 * @param path where, like {@code tasks.sha256.retry.maxAttempts}; empty for the file as a whole
 * @param line where, from 1; 0 if it is of no line
 */
public record CatalogueProblem(String path, int line, String message) {
  /** As one line for people: {@code line 12: tasks.sha256.timeout: must be ...}. */
  @Override
  public String toString() {
    return (line > 0 ? "line " + line + ": " : "") + (path.isEmpty() ? "" : path + ": ") + message;
  }
}
