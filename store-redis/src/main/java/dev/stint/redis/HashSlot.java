package dev.stint.redis;

import java.nio.charset.StandardCharsets;

/** The slot of a Redis Cluster that a key belongs to: CRC-16/XMODEM of its hash tag. */
final class HashSlot {
  static final int COUNT = 16_384;

  private static final int POLYNOMIAL = 0x1021;
  private static final int TOP_BIT = 0x8000;

  private HashSlot() {}

  /** The slot of a key; if it has braces with something between them, only that counts. */
  static int of(String key) {
    int open = key.indexOf('{');
    int close = open < 0 ? -1 : key.indexOf('}', open);
    var tag = close > open + 1 ? key.substring(open + 1, close) : key;
    int crc = 0;
    for (byte octet : tag.getBytes(StandardCharsets.UTF_8)) {
      crc ^= (octet & 0xFF) << 8;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & TOP_BIT) == 0 ? crc << 1 : crc << 1 ^ POLYNOMIAL;
      }
    }
    return (crc & 0xFFFF) % COUNT;
  }
}
