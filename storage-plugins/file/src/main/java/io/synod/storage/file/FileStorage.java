package io.synod.storage.file;

import io.synod.api.plugin.Settings;
import io.synod.api.storage.Journal;
import io.synod.api.storage.Storage;
import io.synod.api.storage.StorageException;
import io.synod.api.storage.StoreIdentity;
import java.nio.file.Path;

/** A directory whose journal is in segments. */
final class FileStorage {
  /** What the identity of such a store says. */
  static final String KIND = "file";

  private FileStorage() {}

  /** Opens or creates; {@code wanted} holds the incarnation for a new store. */
  static Storage open(Disk disk, Path directory, StoreIdentity wanted, Settings settings)
      throws StorageException {
    return DirectoryStorage.open(disk, directory, wanted, new DirectoryStorage.JournalKind() {
      @Override
      public String name() {
        return KIND;
      }

      @Override
      public Journal open(Path real, StoreIdentity identity, DurableEnd end) {
        return new FileJournal(disk, new StoreFiles(real), identity, end,
            settings.get(FileStoragePlugin.SEGMENT), settings.get(FileStoragePlugin.BUFFER));
      }
    });
  }
}
