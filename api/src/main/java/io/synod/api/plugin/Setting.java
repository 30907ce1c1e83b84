package io.synod.api.plugin;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * A typed configuration key with a default, a legal range and a one-line meaning; the key table
 * of the docs and {@code synod config} are generated from these. Types: Integer, Long (bytes, read
 * with K, M or G), Duration (100ms, 2s), Boolean, String.
 */
public record Setting<T>(
    String key, Class<T> type, T defaultValue, String meaning, String range, Predicate<T> legal) {
  /** Refuses missing parts and a default outside its own range. */
  public Setting {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(meaning, "meaning");
    if (!legal.test(defaultValue)) {
      throw new IllegalArgumentException("default of " + key + " is outside " + range);
    }
  }

  /** A whole number from {@code least} to {@code most}. */
  public static Setting<Integer> integer(
      String key, int byDefault, int least, int most, String meaning) {
    return new Setting<>(key, Integer.class, byDefault, meaning, least + " to " + most,
        v -> v >= least && v <= most);
  }

  /** A number of bytes from {@code least} to {@code most}. */
  public static Setting<Long> bytes(
      String key, long byDefault, long least, long most, String meaning) {
    return new Setting<>(key, Long.class, byDefault, meaning,
        least + " to " + most + " bytes", v -> v >= least && v <= most);
  }

  /** A duration from {@code least} to {@code most}. */
  public static Setting<Duration> duration(
      String key, Duration byDefault, Duration least, Duration most, String meaning) {
    return new Setting<>(key, Duration.class, byDefault, meaning,
        least.toMillis() + "ms to " + most.toMillis() + "ms",
        v -> v.compareTo(least) >= 0 && v.compareTo(most) <= 0);
  }

  /** True or false. */
  public static Setting<Boolean> flag(String key, boolean byDefault, String meaning) {
    return new Setting<>(key, Boolean.class, byDefault, meaning, "true or false", v -> true);
  }

  /** Any text; empty means "not given". */
  public static Setting<String> text(String key, String byDefault, String meaning) {
    return new Setting<>(key, String.class, byDefault, meaning, "text", v -> true);
  }

  /** One of a few words. */
  public static Setting<String> choice(
      String key, String byDefault, List<String> choices, String meaning) {
    return new Setting<>(key, String.class, byDefault, meaning,
        String.join(" | ", choices), choices::contains);
  }
}
