package dev.stint.start;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The version of this build of Stint. */
final class Version {
  /** Written by the build. A native executable has no manifest to look at. */
  private static final String FILE = "version.txt";

  private Version() {}

  /** Such as {@code 0.1.0}. */
  static String of() {
    try (var in = Version.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new IllegalStateException("the build left out " + FILE);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
