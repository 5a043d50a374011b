package dev.stint.local.demo;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Our own digest of a file, to compare with. */
final class Sha256 {
  private static final int BUFFER = 1 << 16;

  private Sha256() {}

  static String of(Path file) throws IOException {
    MessageDigest digest = digest();
    byte[] buffer = new byte[BUFFER];
    try (InputStream in = Files.newInputStream(file)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /**
   * The digest in a line of sha256sum(1), {@code DIGEST NAME}. The line starts with a backslash if
   * the name had to be escaped.
   */
  static String inLine(String line) {
    String unescaped = line.startsWith("\\") ? line.substring(1) : line;
    int end = unescaped.indexOf(' ');
    return end < 0 ? unescaped : unescaped.substring(0, end);
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }
}
