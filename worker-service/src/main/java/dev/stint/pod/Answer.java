package dev.stint.pod;

/** What came of a patch. */
sealed interface Answer {
  /** The pod has the annotation. */
  record Done() implements Answer {}

  /**
   * The API server would not.
   *
   * @param status of HTTP
   * @param message its reason, in one line
   */
  record Refused(int status, String message) implements Answer {}

  /** Nothing was heard of the API server, or it could not be asked. */
  record Away(String cause) implements Answer {}
}
