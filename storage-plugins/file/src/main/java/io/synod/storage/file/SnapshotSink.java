package io.synod.storage.file;

import io.synod.api.model.InstanceId;
import io.synod.api.storage.SnapshotInfo;
import io.synod.api.storage.SnapshotStore;
import io.synod.api.storage.StorageException;
import io.synod.api.storage.StoreIdentity;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes a snapshot aside and makes it visible at once. */
final class SnapshotSink implements SnapshotStore.Sink {
  private static final Logger LOG = LoggerFactory.getLogger(SnapshotSink.class);
  /** A burst of dirty pages would hold up the journal's forces. */
  private static final long FORCED_TOGETHER = 8L << 20;

  private final Disk disk;
  private final StoreFiles files;
  private final InstanceId last;
  private final SnapshotFormat format;
  private final DiskFile file;
  private final ByteBuffer chunk =
      Frames.buffer(SnapshotFormat.CHUNK_HEADER + SnapshotFormat.CHUNK);
  private final OutputStream stream = new ContentStream();
  private long number;
  private long length;
  private boolean done;

  SnapshotSink(Disk disk, StoreFiles files, StoreIdentity identity, InstanceId last)
      throws StorageException {
    this.disk = disk;
    this.files = files;
    this.last = last;
    this.format = new SnapshotFormat(identity, last.number());
    chunk.position(SnapshotFormat.CHUNK_HEADER);
    try {
      file = disk.create(files.newSnapshot(last.number()));
      file.write(
          new FileHeader(FileHeader.SNAPSHOT, last.number(), false, identity).encode(), 0);
    } catch (IOException e) {
      throw Damage.unwritable(files.newSnapshot(last.number()), e);
    }
  }

  @Override
  public OutputStream stream() {
    return stream;
  }

  @Override
  public SnapshotInfo commit() throws StorageException {
    if (done) {
      throw new IllegalStateException("the snapshot was committed or closed before");
    }
    try {
      writeChunk();
      file.write(format.footer(length), SnapshotFormat.footerAt(length));
      file.force(true);
      file.close();
      disk.move(files.newSnapshot(last.number()), files.snapshot(last.number()));
      done = true;
      disk.forceDirectory(files.directory());
    } catch (IOException e) {
      throw Damage.unwritable(files.newSnapshot(last.number()), e);
    }
    return new SnapshotInfo(last, length);
  }

  private void writeChunk() throws IOException {
    int count = chunk.position() - SnapshotFormat.CHUNK_HEADER;
    if (count == 0) {
      return;
    }
    chunk.flip().position(SnapshotFormat.CHUNK_HEADER);
    chunk.putInt(0, format.checksum(number, chunk)).position(0);
    file.write(chunk, SnapshotFormat.chunkAt(number));
    chunk.clear().position(SnapshotFormat.CHUNK_HEADER);
    number++;
    length += count;
    if (length % FORCED_TOGETHER == 0) {
      file.force(true);
    }
  }

  @Override
  public void close() {
    if (done) {
      return;
    }
    done = true;
    try {
      file.close();
      disk.delete(files.newSnapshot(last.number()));
    } catch (IOException e) {
      LOG.warn("{} is left over, the next start removes it: {}",
          files.newSnapshot(last.number()), e.getMessage());
    }
  }

  private final class ContentStream extends OutputStream {
    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
      refuseIfDone();
      int at = from;
      while (at < from + count) {
        int fits = Math.min(chunk.remaining(), from + count - at);
        chunk.put(bytes, at, fits);
        at += fits;
        if (!chunk.hasRemaining()) {
          writeChunk();
        }
      }
    }

    private void refuseIfDone() throws StorageException {
      if (done) {
        throw new StorageException("the snapshot was committed or closed before");
      }
    }
  }
}
