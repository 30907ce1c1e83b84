package io.synod.storage.disk;

import io.synod.api.storage.StorageException;
import java.io.IOException;
import java.nio.file.Path;

/** Words for what is wrong with a disk. */
final class Damage {
  private Damage() {}

  static StorageException at(String file, long offset, String what) {
    return new StorageException(file + " is damaged at offset " + offset + ": " + what
        + "; what was promised there is unknown, so the disk cannot be used any more: keep a copy"
        + " for inspection and let a reconfiguration put an empty disk in its place");
  }

  static StorageException unreadable(Path file, IOException cause) {
    return new StorageException(
        file + " cannot be read (" + cause + "): check the disk and the permissions", cause);
  }

  static StorageException unwritable(Path file, IOException cause) {
    return new StorageException(file + " cannot be written or forced (" + cause
        + "): free space or repair the disk, and see that it may be written to", cause);
  }
}
