package io.synod.storage.file;

import io.synod.api.storage.StoreIdentity;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes, forces and rolls segments. All on the journal's thread. */
final class SegmentWriter {
  private static final Logger LOG = LoggerFactory.getLogger(SegmentWriter.class);

  private final Disk disk;
  private final StoreFiles files;
  private final StoreIdentity identity;
  private final DurableEnd end;
  private final SegmentAllocator allocator;
  private DiskFile file;
  private long used;
  /** Where errors are: the file last touched. */
  private Path touched;

  SegmentWriter(
      Disk disk, StoreFiles files, StoreIdentity identity, DurableEnd end,
      SegmentAllocator allocator) {
    this.disk = disk;
    this.files = files;
    this.identity = identity;
    this.end = end;
    this.allocator = allocator;
    this.touched = files.directory();
  }

  /**
   * Goes on in a new segment whose first record has position {@code first}. The one before is
   * forced first: only the last segment can ever be torn.
   */
  void roll(long first, boolean checkpoint, long bytes) throws IOException {
    finish(first - 1);
    touched = files.prepared();
    DiskFile fresh = allocator.take(bytes);
    fresh.write(new FileHeader(FileHeader.SEGMENT, first, checkpoint, identity).encode(), 0);
    fresh.force(false);
    disk.move(files.prepared(), files.segment(first));
    touched = files.segment(first);
    disk.forceDirectory(files.directory());
    end.write(end.current().newest(first));
    end.force();
    file = fresh;
    used = FileHeader.SIZE;
    allocator.prepare();
  }

  private void finish(long last) throws IOException {
    if (file != null) {
      force(last);
      file.truncate(used);
      file.close();
      file = null;
    }
  }

  void write(ByteBuffer frames) throws IOException {
    int count = frames.remaining();
    file.write(frames, used);
    used += count;
  }

  /** Forces all written, which reaches up to {@code last}. */
  void force(long last) throws IOException {
    if (last > end.current().durable()) {
      file.force(false);
      end.reached(last);
    }
  }

  /** All up to here was forced. */
  long durable() {
    return end.durable();
  }

  /** Forgets the segments before that first position, recording it before deleting any. */
  void dropBefore(long first) throws IOException {
    touched = files.durableEnd();
    end.write(end.current().oldest(first));
    end.force();
    List<Path> dropped = new ArrayList<>(files.segments().headMap(first).values());
    allocator.delete(dropped);
  }

  /** The file to name in an error. */
  Path touched() {
    return touched;
  }

  /** Closes the files; nothing is forced. */
  void close() {
    try (DurableEnd closedLast = end) {
      if (file != null) {
        file.close();
      }
    } catch (IOException e) {
      LOG.warn("closing {} failed: {}", touched, e.getMessage());
    }
  }
}
