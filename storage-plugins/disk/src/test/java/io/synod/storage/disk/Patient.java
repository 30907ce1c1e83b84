package io.synod.storage.disk;

import io.synod.api.plugin.Settings;
import java.time.Duration;

/** For tests that do not wait for a time-out: a machine may be as slow as it likes. */
final class Patient {
  static final Settings SETTINGS =
      Settings.DEFAULTS.with(DiskPlugin.TIMEOUT, Duration.ofMinutes(1));

  private Patient() {}
}
