package io.synod.storage.disk;

import io.synod.api.passive.PassiveStore;
import io.synod.api.plugin.Plugins;
import io.synod.api.plugin.Setting;
import io.synod.api.plugin.Settings;
import io.synod.api.storage.StorageException;
import io.synod.api.transport.MessageCodec;
import io.synod.link.Drift;
import io.synod.register.leased.LeaseTimes;
import io.synod.storage.file.RealDisk;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Passive acceptors in plain memory under a lease: one area of a directory for all processes. */
public final class LeasedPlugin implements Plugins.Passive {
  /** For the service loader. */
  public LeasedPlugin() {}

  @Override
  public String name() {
    return "leased";
  }

  @Override
  public String meaning() {
    return "one area for all in a directory whose writes take no longer than is said:"
        + " leased:///path?write=500ms&lease=5s";
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(Drift.BOUND, DiskPlugin.TIMEOUT);
  }

  @Override
  public Optional<String> flaw(URI address) {
    return LeasedAddress.flaw(address, Settings.DEFAULTS.get(Drift.BOUND));
  }

  @Override
  public PassiveStore open(
      URI address, Plugins.PassiveUse use, MessageCodec codec, Settings settings)
      throws StorageException {
    LeasedAddress where = LeasedAddress.of(address);
    LeaseTimes times;
    try {
      times = where.times(settings.get(Drift.BOUND));
    } catch (IllegalArgumentException e) {
      throw new StorageException(
          use.member() + ": " + e.getMessage() + " (" + Drift.BOUND.key() + ")", e);
    }
    return LeasedStore.open(
        new LeasedStore.Terms(where, times, settings.get(DiskPlugin.TIMEOUT)),
        deadline -> LeasedFiles.open(new RealDisk(), deadline, where, use, codec), use);
  }
}
