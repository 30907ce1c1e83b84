package io.synod.storage.memory;

import io.synod.api.storage.Journal;
import io.synod.api.storage.SnapshotStore;
import io.synod.api.storage.Storage;
import io.synod.api.storage.StoreIdentity;

/** A journal and snapshots of one life. */
final class MemoryStorage implements Storage {
  private final StoreIdentity identity;
  private final MemoryJournal journal = new MemoryJournal();
  private final MemorySnapshotStore snapshots = new MemorySnapshotStore();

  MemoryStorage(StoreIdentity identity) {
    this.identity = identity;
  }

  @Override
  public StoreIdentity identity() {
    return identity;
  }

  @Override
  public boolean fresh() {
    return true;
  }

  @Override
  public boolean durable() {
    return false;
  }

  @Override
  public Journal journal() {
    return journal;
  }

  @Override
  public SnapshotStore snapshots() {
    return snapshots;
  }

  @Override
  public void close() {
    journal.close();
    snapshots.close();
  }
}
