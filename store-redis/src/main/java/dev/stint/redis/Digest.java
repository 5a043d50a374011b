package dev.stint.redis;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Digests of text, in hexadecimal. */
final class Digest {
  private Digest() {}

  /** By which Redis knows a script. */
  static String sha1(String text) {
    return digest("SHA-1", text);
  }

  /** By which a client's idempotency key, of any length and content, becomes part of a key. */
  static String sha256(String text) {
    return digest("SHA-256", text);
  }

  private static String digest(String algorithm, String text) {
    try {
      var bytes =
          MessageDigest.getInstance(algorithm).digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has " + algorithm, e);
    }
  }
}
