package io.synod.storage.memory;

import io.synod.api.storage.Journal;
import io.synod.api.storage.StorageException;
import java.nio.ByteBuffer;
import java.util.TreeSet;

/**
 * Counts records and forgets their bytes: a journal is read only after a restart, and this one
 * does not survive one. A sync answers within the call.
 */
final class MemoryJournal implements Journal {
  private final TreeSet<Long> checkpoints = new TreeSet<>();
  private long last;
  private boolean replayed;
  private boolean closed;

  @Override
  public void replay(Visitor visitor) {
    if (closed || replayed) {
      throw new IllegalStateException("a journal is replayed once, before it is closed");
    }
    replayed = true;
  }

  @Override
  public long append(ByteBuffer record) throws StorageException {
    if (closed) {
      throw new StorageException("the journal in memory is closed");
    }
    if (!replayed) {
      throw new IllegalStateException("a journal must be replayed before it is appended to");
    }
    return ++last;
  }

  @Override
  public long appendCheckpoint(ByteBuffer record) throws StorageException {
    long position = append(record);
    checkpoints.add(position);
    return position;
  }

  @Override
  public void sync(SyncListener listener) {
    if (closed || !replayed) {
      listener.failed(new StorageException("the journal in memory is not open"));
    } else {
      listener.durable(last);
    }
  }

  @Override
  public void dropBefore(long position) {
    if (!checkpoints.contains(position)) {
      throw new IllegalArgumentException(
          "record " + position + " is not a checkpoint of this journal");
    }
    checkpoints.headSet(position).clear();
  }

  @Override
  public void close() {
    closed = true;
  }
}
