package dev.stint.local.process;

/**
 * What stops a command, said so that the person who typed it can do something about it. Its message
 * is all they see.
 */
public final class Complaint extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public Complaint(String message) {
    super(message);
  }

  public Complaint(String message, Throwable cause) {
    super(message + ": " + reason(cause), cause);
  }

  /** The message alone. */
  @Override
  public String toString() {
    return String.valueOf(getMessage());
  }

  private static String reason(Throwable cause) {
    String message = cause.getMessage();
    String kind = cause.getClass().getSimpleName();
    return message == null ? kind : kind + " " + message;
  }
}
