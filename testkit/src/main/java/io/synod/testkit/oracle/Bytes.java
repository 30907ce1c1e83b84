package io.synod.testkit.oracle;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Bytes as people can read them. */
final class Bytes {
  private static final int SHOWN = 40;

  private Bytes() {}

  static String text(byte[] bytes) {
    int shown = Math.min(SHOWN, bytes.length);
    String rest = shown < bytes.length ? "... of " + bytes.length + " bytes" : "";
    for (int i = 0; i < shown; i++) {
      if (bytes[i] < ' ' || bytes[i] > '~') {
        return "0x" + HexFormat.of().formatHex(bytes, 0, shown) + rest;
      }
    }
    return "'" + new String(bytes, 0, shown, StandardCharsets.US_ASCII) + "'" + rest;
  }
}
