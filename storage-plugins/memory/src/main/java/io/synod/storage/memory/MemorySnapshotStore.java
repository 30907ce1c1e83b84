package io.synod.storage.memory;

import io.synod.api.model.InstanceId;
import io.synod.api.storage.SnapshotInfo;
import io.synod.api.storage.SnapshotStore;
import io.synod.api.storage.StorageException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** Snapshots in pieces of the heap; the newest is the one of the highest instance. */
final class MemorySnapshotStore implements SnapshotStore {
  private final ConcurrentSkipListMap<InstanceId, Pieces> committed =
      new ConcurrentSkipListMap<>();

  @Override
  public Optional<SnapshotInfo> newest() {
    return Optional.ofNullable(committed.lastEntry())
        .map(e -> new SnapshotInfo(e.getKey(), e.getValue().length()));
  }

  @Override
  public Sink create(InstanceId last) {
    return new MemorySink(last);
  }

  @Override
  public InputStream openNewest() throws StorageException {
    Map.Entry<InstanceId, Pieces> newest = committed.lastEntry();
    if (newest == null) {
      throw new StorageException("there is no snapshot in memory");
    }
    return newest.getValue().stream();
  }

  @Override
  public int read(InstanceId last, long offset, ByteBuffer into) {
    Pieces pieces = committed.get(last);
    return pieces == null ? -1 : pieces.read(offset, into);
  }

  @Override
  public void deleteOlderThan(InstanceId last) {
    Map.Entry<InstanceId, Pieces> newest = committed.lastEntry();
    if (newest != null) {
      committed.headMap(newest.getKey().before(last) ? newest.getKey() : last).clear();
    }
  }

  @Override
  public void close() {}

  private final class MemorySink implements Sink {
    private final InstanceId last;
    private final Pieces pieces = new Pieces();
    private boolean done;

    MemorySink(InstanceId last) {
      this.last = last;
    }

    @Override
    public OutputStream stream() {
      return new OutputStream() {
        @Override
        public void write(int b) throws IOException {
          write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int count) throws IOException {
          if (done) {
            throw new StorageException("the snapshot was committed or closed before");
          }
          pieces.add(bytes, from, count);
        }
      };
    }

    @Override
    public SnapshotInfo commit() {
      if (done) {
        throw new IllegalStateException("the snapshot was committed or closed before");
      }
      done = true;
      committed.put(last, pieces);
      return new SnapshotInfo(last, pieces.length());
    }

    @Override
    public void close() {
      done = true;
    }
  }
}
