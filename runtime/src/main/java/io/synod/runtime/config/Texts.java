package io.synod.runtime.config;

import io.synod.api.plugin.Setting;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Values as people write them, to values of a setting's type, and back. */
final class Texts {
  private static final Pattern NUMBER_AND_UNIT = Pattern.compile("(\\d{1,18})\\s*([A-Za-z]*)");
  private static final long K = 1L << 10;

  private Texts() {}

  /** The value, unchecked as to its range; the exception's message says what was expected. */
  static <T> T parse(Setting<T> setting, String text) {
    Class<T> type = setting.type();
    Object value;
    if (type == String.class) {
      value = text;
    } else if (type == Integer.class) {
      value = integer(text);
    } else if (type == Long.class) {
      value = bytes(text);
    } else if (type == Duration.class) {
      value = duration(text);
    } else if (type == Boolean.class) {
      value = flag(text);
    } else {
      throw new IllegalStateException(setting.key() + " has the unknown type " + type);
    }
    return type.cast(value);
  }

  /** As {@link #parse} would read it. */
  static String show(Object value) {
    if (value instanceof Duration d) {
      return show(d);
    }
    if (value instanceof Long bytes) {
      return bytes > 0 && bytes % (K * K) == 0 ? bytes / (K * K) + "M"
          : bytes > 0 && bytes % K == 0 ? bytes / K + "K" : bytes.toString();
    }
    return String.valueOf(value);
  }

  private static String show(Duration d) {
    if (d.toNanosPart() % 1_000_000 != 0) {
      return d.toNanos() / 1_000 + "us";
    }
    return d.toMillisPart() != 0 ? d.toMillis() + "ms" : d.toSeconds() + "s";
  }

  private static Integer integer(String text) {
    try {
      return Integer.valueOf(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("expected a whole number", e);
    }
  }

  private static Boolean flag(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("expected true or false");
    };
  }

  private static Long bytes(String text) {
    Matcher parts = NUMBER_AND_UNIT.matcher(text);
    Optional<Long> unit = parts.matches() ? byteUnit(parts.group(2)) : Optional.empty();
    if (unit.isEmpty()) {
      throw new IllegalArgumentException(
          "expected a number of bytes, with K, M or G if wanted, such as 64M");
    }
    return times(parts.group(1), unit.get());
  }

  private static Optional<Long> byteUnit(String unit) {
    return switch (unit.toUpperCase(Locale.ROOT)) {
      case "", "B" -> Optional.of(1L);
      case "K", "KB", "KIB" -> Optional.of(K);
      case "M", "MB", "MIB" -> Optional.of(K * K);
      case "G", "GB", "GIB" -> Optional.of(K * K * K);
      default -> Optional.empty();
    };
  }

  private static Duration duration(String text) {
    Matcher parts = NUMBER_AND_UNIT.matcher(text);
    Optional<ChronoUnit> unit = parts.matches() ? timeUnit(parts.group(2)) : Optional.empty();
    if (unit.isEmpty()) {
      throw new IllegalArgumentException(
          "expected a duration with its unit us, ms, s, m, h or d, such as 150ms");
    }
    return Duration.ofNanos(times(parts.group(1), unit.get().getDuration().toNanos()));
  }

  private static Optional<ChronoUnit> timeUnit(String unit) {
    return switch (unit.toLowerCase(Locale.ROOT)) {
      case "us" -> Optional.of(ChronoUnit.MICROS);
      case "ms" -> Optional.of(ChronoUnit.MILLIS);
      case "s" -> Optional.of(ChronoUnit.SECONDS);
      case "m", "min" -> Optional.of(ChronoUnit.MINUTES);
      case "h" -> Optional.of(ChronoUnit.HOURS);
      case "d" -> Optional.of(ChronoUnit.DAYS);
      default -> Optional.empty();
    };
  }

  private static long times(String number, long unit) {
    try {
      return Math.multiplyExact(Long.parseLong(number), unit);
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("too large", e);
    }
  }
}
