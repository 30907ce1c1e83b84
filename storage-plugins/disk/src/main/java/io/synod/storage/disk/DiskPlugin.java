package io.synod.storage.disk;

import io.synod.api.passive.PassiveStore;
import io.synod.api.plugin.Plugins;
import io.synod.api.plugin.Setting;
import io.synod.api.plugin.Settings;
import io.synod.api.storage.StorageException;
import io.synod.api.transport.MessageCodec;
import io.synod.storage.file.RealDisk;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Passive acceptors that are disks: a directory that all processes reach. */
public final class DiskPlugin implements Plugins.Passive {
  /** How long a disk may take for one operation. */
  public static final Setting<Duration> TIMEOUT = Setting.duration("synod.disk.timeout",
      Duration.ofSeconds(5), Duration.ofMillis(10), Duration.ofMinutes(10),
      "how long a passive disk may take to answer before it counts as failed");

  /** For the service loader. */
  public DiskPlugin() {}

  @Override
  public String name() {
    return "disk";
  }

  @Override
  public String meaning() {
    return "a directory that all reach, disk:///path, or at a server, disk://host:port/name";
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(TIMEOUT);
  }

  @Override
  public Optional<String> flaw(URI address) {
    return DiskAddress.flaw(address);
  }

  @Override
  public PassiveStore open(
      URI address, Plugins.PassiveUse use, MessageCodec codec, Settings settings)
      throws StorageException {
    DiskAddress where = DiskAddress.of(address);
    Duration patience = settings.get(TIMEOUT);
    Blocks blocks;
    if (where.server().isPresent()) {
      blocks = RemoteBlocks.open(where.server().get(), where.path(), use, patience);
    } else {
      Path directory = Path.of(where.path());
      blocks = TimedBlocks.open(directory.toString(), patience,
          () -> DirectoryBlocks.open(new RealDisk(), directory, use));
    }
    return DiskStore.open(blocks, use, codec);
  }
}
