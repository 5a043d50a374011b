package dev.stint.job;

/**
 * The store cannot be reached, or did not answer in time. Whether the call had an effect is
 * unknown.
 */
public final class StoreUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StoreUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
