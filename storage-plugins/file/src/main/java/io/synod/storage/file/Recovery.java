package io.synod.storage.file;

import io.synod.api.storage.Journal;
import io.synod.api.storage.StorageException;
import io.synod.api.storage.StoreIdentity;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a journal at the start of a node: checks that it is whole up to what was reported durable,
 * cuts what was not, and makes the rest durable. The package's description says how the two are
 * told apart.
 */
final class Recovery {
  private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);
  private static final int BLOCK = 1 << 20;

  private final Disk disk;
  private final StoreFiles files;
  private final StoreIdentity identity;
  private final DurableEnd end;
  private final Journal.Visitor visitor;
  private final SegmentScanner scanner;
  private final TreeSet<Long> checkpoints = new TreeSet<>();
  /** The position of the next record. */
  private long expected;
  /** In the last segment: where the first record starts that is perhaps not durable. */
  private long unsureAt;

  Recovery(
      Disk disk, StoreFiles files, StoreIdentity identity, DurableEnd end,
      Journal.Visitor visitor) {
    this.disk = disk;
    this.files = files;
    this.identity = identity;
    this.end = end;
    this.visitor = visitor;
    this.scanner = new SegmentScanner(new Frames(identity));
  }

  /** Visits all records; returns the position of the last. */
  long run() throws StorageException {
    DurableEnd.Slot slot = end.current();
    TreeMap<Long, Path> segments = files.segments();
    finishDrop(segments, slot);
    refuseMissing(segments, slot);
    expected = slot.oldest();
    for (Map.Entry<Long, Path> segment : segments.entrySet()) {
      read(segment.getValue(), segment.getKey(), segments.higherKey(segment.getKey()));
    }
    try {
      end.reached(expected - 1);
      end.force();
    } catch (IOException e) {
      throw Damage.unwritable(files.durableEnd(), e);
    }
    return expected - 1;
  }

  /** The positions of the records that start a segment as checkpoints. */
  TreeSet<Long> checkpoints() {
    return checkpoints;
  }

  private void finishDrop(TreeMap<Long, Path> segments, DurableEnd.Slot slot)
      throws StorageException {
    Map<Long, Path> dropped = segments.headMap(slot.oldest());
    for (Path path : dropped.values()) {
      try {
        disk.delete(path);
      } catch (IOException e) {
        throw Damage.unwritable(path, e);
      }
    }
    dropped.clear();
  }

  private void refuseMissing(TreeMap<Long, Path> segments, DurableEnd.Slot slot)
      throws StorageException {
    if (segments.isEmpty() && slot.newest() == 0) {
      return;
    }
    if (!segments.containsKey(slot.oldest())) {
      throw Damage.missing(files.segment(slot.oldest()), "the journal starts with it");
    }
    if (segments.lastKey() < slot.newest()) {
      throw Damage.missing(files.segment(slot.newest()), "the journal ends with it");
    }
  }

  /** Reads one segment; {@code next} is the first position of the one after it, if any. */
  private void read(Path path, long first, Long next) throws StorageException {
    if (first != expected) {
      throw Damage.missing(files.segment(expected),
          path.getFileName() + " starts with record " + first + ", but record " + expected
              + " should come next");
    }
    try (DiskFile file = next == null ? disk.update(path) : disk.read(path)) {
      FileHeader header = FileHeader.read(file, path, FileHeader.SEGMENT, identity);
      if (header.number() != first) {
        throw Damage.at(path, 0, "its header says that it starts with record "
            + header.number());
      }
      readFrames(file, next == null ? Long.MAX_VALUE : next);
      if (header.checkpoint() && expected > first) {
        checkpoints.add(first);
      }
      if (next == null) {
        endHere(file, path);
      } else if (expected != next) {
        throw endsTooEarly(path, next);
      }
    } catch (StorageException e) {
      throw e;
    } catch (IOException e) {
      throw Damage.unreadable(path, e);
    }
  }

  private void readFrames(DiskFile file, long stop) throws IOException {
    long durable = end.current().durable();
    scanner.open(file);
    unsureAt = 0;
    while (expected < stop && scanner.next()) {
      // What a mark says of the records before it is known anyway: they have just been read.
      if (scanner.kind() == Frames.RECORD) {
        if (scanner.position() != expected) {
          return;
        }
        unsureAt = unsureAt == 0 && expected > durable ? scanner.offset() : unsureAt;
        visitor.record(expected, scanner.payload());
        expected++;
      }
    }
  }

  private StorageException endsTooEarly(Path path, long next) throws IOException {
    if (scanner.untouched()) {
      return Damage.missing(files.segment(expected), path + " ends at offset "
          + scanner.offset() + " before record " + expected + ", the next segment starts with "
          + next);
    }
    return Damage.at(path, scanner.offset(), "record " + expected + " is not whole");
  }

  /** The last segment: decides whether the first bad frame is damage or a torn tail. */
  private void endHere(DiskFile file, Path path) throws IOException {
    long offset = scanner.offset();
    boolean untouched = scanner.untouched();
    long durable = end.current().durable();
    while (durable < expected && scanner.skipTo(expected)) {
      if (scanner.kind() == Frames.MARK) {
        durable = Math.max(durable, scanner.position());
      }
    }
    if (durable >= expected) {
      throw Damage.at(path, offset, "record " + expected
          + " is not whole, although all up to record " + durable + " was durable");
    }
    if (!untouched) {
      LOG.info("{}: cut at offset {} behind record {}; what follows was never reported durable",
          path, offset, expected - 1);
    }
    try {
      settle(file, offset);
    } catch (IOException e) {
      throw Damage.unwritable(path, e);
    }
  }

  /**
   * Cuts the file and makes it durable. Records that the last process perhaps failed to force are
   * written again: after a failed force the system may hold them in memory only and yet take them
   * for written.
   */
  private void settle(DiskFile file, long length) throws IOException {
    file.truncate(length);
    if (unsureAt != 0) {
      ByteBuffer block = ByteBuffer.allocateDirect(BLOCK);
      for (long at = unsureAt; at < length; at += BLOCK) {
        block.clear().limit((int) Math.min(BLOCK, length - at));
        file.read(block, at);
        file.write(block.flip(), at);
      }
    }
    file.force(true);
  }
}
