package io.synod.api.plugin;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Checked values of settings; what is not given has its default. Immutable. */
public final class Settings {
  /** All defaults. */
  public static final Settings DEFAULTS = new Settings(Map.of());

  private final Map<String, Object> given;

  private Settings(Map<String, Object> given) {
    this.given = Collections.unmodifiableMap(new LinkedHashMap<>(given));
  }

  /** A copy in which {@code setting} has this value; refuses one out of range by key. */
  public <T> Settings with(Setting<T> setting, T value) {
    if (!setting.legal().test(value)) {
      throw new IllegalArgumentException(
          setting.key() + " = " + value + " is out of range: expected " + setting.range());
    }
    Map<String, Object> more = new LinkedHashMap<>(given);
    more.put(setting.key(), value);
    return new Settings(more);
  }

  /** The value given, or the default. */
  public <T> T get(Setting<T> setting) {
    Object value = given.get(setting.key());
    return value == null ? setting.defaultValue() : setting.type().cast(value);
  }

  /** Whether a value was given. */
  public boolean has(Setting<?> setting) {
    return given.containsKey(setting.key());
  }

  /** A duration in nanoseconds. */
  public long nanos(Setting<Duration> setting) {
    return get(setting).toNanos();
  }
}
