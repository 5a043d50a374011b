package dev.stint.start;

/** The version of this build. */
final class Version {
  private Version() {}

  /** From the jar's manifest; {@code dev} where there is none. */
  static String of(Class<?> type) {
    var version = type.getPackage().getImplementationVersion();
    return version == null ? "dev" : version;
  }
}
