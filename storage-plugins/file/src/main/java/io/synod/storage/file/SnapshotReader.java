package io.synod.storage.file;

import io.synod.api.storage.StorageException;
import io.synod.api.storage.StoreIdentity;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** An open snapshot: hands out no byte of a chunk whose checksum it has not verified. */
final class SnapshotReader implements AutoCloseable {
  private final DiskFile file;
  private final Path path;
  private final SnapshotFormat format;
  private final long last;
  private final long length;
  private final ByteBuffer chunk =
      Frames.buffer(SnapshotFormat.CHUNK_HEADER + SnapshotFormat.CHUNK);
  private long loaded = -1;

  private SnapshotReader(
      DiskFile file, Path path, SnapshotFormat format, long last, long length) {
    this.file = file;
    this.path = path;
    this.format = format;
    this.last = last;
    this.length = length;
  }

  /** Opens and checks everything but the content. */
  static SnapshotReader open(Disk disk, Path path, StoreIdentity identity, long last)
      throws StorageException {
    SnapshotFormat format = new SnapshotFormat(identity, last);
    try {
      DiskFile file = disk.read(path);
      try {
        FileHeader header = FileHeader.read(file, path, FileHeader.SNAPSHOT, identity);
        if (header.number() != last) {
          throw Damage.at(path, 0,
              "its header says that it is of instance " + header.number());
        }
        return new SnapshotReader(file, path, format, last, length(file, path, format));
      } catch (IOException e) {
        file.close();
        throw e;
      }
    } catch (StorageException e) {
      throw e;
    } catch (IOException e) {
      throw Damage.unreadable(path, e);
    }
  }

  private static long length(DiskFile file, Path path, SnapshotFormat format)
      throws IOException {
    long footerAt = Math.max(0, file.size() - SnapshotFormat.FOOTER);
    ByteBuffer footer = Frames.buffer(SnapshotFormat.FOOTER);
    file.read(footer, footerAt);
    long length = footer.getLong(0);
    if (footer.hasRemaining() || !format.validFooter(footer)
        || SnapshotFormat.footerAt(length) != footerAt) {
      throw Damage.at(path, footerAt, "it is cut short or its end has a wrong checksum");
    }
    return length;
  }

  long last() {
    return last;
  }

  /** The content's length. */
  long length() {
    return length;
  }

  /** Verifies all of it. */
  void verify() throws StorageException {
    for (long number = 0; number < SnapshotFormat.chunks(length); number++) {
      load(number);
    }
  }

  /** Copies content from {@code offset} on as far as it fits; returns how much, 0 at the end. */
  int read(long offset, ByteBuffer into) throws StorageException {
    int total = 0;
    while (into.hasRemaining() && offset + total < length) {
      long from = offset + total;
      load(from / SnapshotFormat.CHUNK);
      int at = SnapshotFormat.CHUNK_HEADER + (int) (from % SnapshotFormat.CHUNK);
      int count = Math.min(into.remaining(), chunk.limit() - at);
      into.put(into.position(), chunk, at, count).position(into.position() + count);
      total += count;
    }
    return total;
  }

  private void load(long number) throws StorageException {
    if (loaded == number) {
      return;
    }
    loaded = -1;
    long at = SnapshotFormat.chunkAt(number);
    long rest = length - number * SnapshotFormat.CHUNK;
    chunk.clear()
        .limit(SnapshotFormat.CHUNK_HEADER + (int) Math.min(SnapshotFormat.CHUNK, rest));
    try {
      file.read(chunk, at);
    } catch (IOException e) {
      throw Damage.unreadable(path, e);
    }
    boolean whole = !chunk.hasRemaining();
    chunk.position(SnapshotFormat.CHUNK_HEADER);
    if (!whole || chunk.getInt(0) != format.checksum(number, chunk)) {
      throw Damage.at(path, at, "a part of the snapshot has a wrong checksum");
    }
    loaded = number;
  }

  /** The content from the start; closing it closes this. */
  InputStream stream() {
    return new InputStream() {
      private long next;

      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] into, int from, int count) throws IOException {
        if (count == 0) {
          return 0;
        }
        int done = SnapshotReader.this.read(next, ByteBuffer.wrap(into, from, count));
        next += done;
        return done == 0 ? -1 : done;
      }

      @Override
      public int available() {
        return (int) Math.min(Integer.MAX_VALUE, length - next);
      }

      @Override
      public void close() {
        SnapshotReader.this.close();
      }
    };
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      // It was only read: nothing can be lost.
      loaded = -1;
    }
  }
}
