package io.synod.server.cli;

import java.util.Locale;

/** Numbers of bytes as people read them. */
public final class Sizes {
  private static final String[] UNITS = {"bytes", "KiB", "MiB", "GiB", "TiB"};
  private static final int STEP = 1 << 10;

  private Sizes() {}

  /** Such as 12 bytes, or 3.4 MiB. */
  public static String text(long bytes) {
    double size = bytes;
    int unit = 0;
    while (size >= STEP && unit < UNITS.length - 1) {
      size /= STEP;
      unit++;
    }
    return unit == 0 ? bytes + " bytes" : String.format(Locale.ROOT, "%.1f %s", size, UNITS[unit]);
  }
}
