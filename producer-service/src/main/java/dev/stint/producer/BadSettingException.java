package dev.stint.producer;

/** A setting that the producer cannot start with. */
final class BadSettingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BadSettingException(String setting, IllegalArgumentException cause) {
    super(setting + ": " + cause.getMessage(), cause);
  }
}
