package io.synod.storage.file;

import io.synod.api.storage.StorageException;
import io.synod.api.storage.StoreIdentity;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads a node's directory without changing or locking it, and goes on behind damage where it
 * can; for {@code log verify} and {@code log dump}. The node may be running: what it appends
 * meanwhile may or may not be seen, and is never taken for damage. One inspection by one thread;
 * blocks.
 */
public final class JournalInspector {
  /** Hears what is found, in the order of positions; the damage where it lies between. */
  public interface Visitor {
    /** A whole record; the bytes are valid during the call. */
    default void record(Entry entry, ByteBuffer bytes) throws StorageException {}

    /** A place that cannot be trusted. */
    default void damaged(Damaged place) throws StorageException {}
  }

  /**
   * Where a record is.
   *
   * @param position its number in the journal
   * @param offset where its frame starts in the file
   * @param length of its bytes, without the frame
   */
  public record Entry(long position, Path file, long offset, int length) {}

  /** A damaged place, and what is wrong in one sentence. */
  public record Damaged(Path file, long offset, String what) {}

  /**
   * The sum.
   *
   * @param records whole records of the journal
   * @param snapshots whole snapshots
   * @param damaged damaged places, of journal and snapshots
   * @param tornTail whether bytes follow that were never reported durable; a start cuts them
   */
  public record Report(
      StoreIdentity identity, long records, int snapshots, int damaged,
      Optional<Damaged> firstDamaged, boolean tornTail) {}

  private final Disk disk = new RealDisk();
  private final StoreFiles files;
  private final StoreIdentity identity;
  private final Visitor visitor;
  private final SegmentScanner scanner;
  private long records;
  private int snapshots;
  private int damages;
  private Damaged first;
  private boolean tornTail;
  private long expected;
  private long durable;

  private JournalInspector(Path directory, Visitor visitor) throws StorageException {
    this.files = new StoreFiles(directory);
    if (!Files.exists(files.identity())) {
      throw new StorageException("directory " + directory
          + " holds no store (there is no file 'identity'): name the data directory of a node");
    }
    this.identity = IdentityFile.ofStore(files.identity(), FileStorage.KIND);
    this.visitor = visitor;
    this.scanner = new SegmentScanner(new Frames(identity));
  }

  /** Reads everything in the directory. Fails only when it is no store or cannot be listed. */
  public static Report inspect(Path directory, Visitor visitor) throws StorageException {
    JournalInspector inspector = new JournalInspector(directory, visitor);
    inspector.journal();
    inspector.snapshots();
    return new Report(inspector.identity, inspector.records, inspector.snapshots,
        inspector.damages, Optional.ofNullable(inspector.first), inspector.tornTail);
  }

  private void journal() throws StorageException {
    // Before the segments are listed: what becomes durable later is not demanded.
    DurableEnd.Slot slot = slot();
    TreeMap<Long, Path> segments = files.segments();
    // And after: a running node may have dropped segments in between.
    expected = Math.max(slot.oldest(), slot().oldest());
    segments.headMap(expected).clear();
    if (slot == DurableEnd.Slot.EMPTY && !segments.isEmpty()) {
      expected = segments.firstKey();
    }
    durable = slot.durable();
    for (Map.Entry<Long, Path> segment : segments.entrySet()) {
      Long next = segments.higherKey(segment.getKey());
      segment(segment.getValue(), segment.getKey(), next == null ? Long.MAX_VALUE : next);
    }
    if (expected <= durable) {
      damaged(files.segment(expected), 0, "records " + expected + " to " + durable
          + " were durable, but are missing");
    }
  }

  private DurableEnd.Slot slot() throws StorageException {
    try {
      return DurableEnd.peek(disk, files, identity);
    } catch (StorageException e) {
      if (first == null || !first.file.equals(files.durableEnd())) {
        damaged(e, files.durableEnd());
      }
      return DurableEnd.Slot.EMPTY;
    }
  }

  private void segment(Path path, long firstRecord, long stop) throws StorageException {
    if (firstRecord > expected) {
      damaged(files.segment(expected), 0,
          "records " + expected + " to " + (firstRecord - 1) + " are missing");
      expected = firstRecord;
    }
    try (DiskFile file = disk.read(path)) {
      header(file, path);
      scanner.open(file);
      records(path, stop);
    } catch (StorageException e) {
      throw e;
    } catch (NoSuchFileException e) {
      if (slot().oldest() <= firstRecord) {
        damaged(path, 0, "it disappeared while the directory was read");
      }
      giveUp(stop);
    } catch (IOException e) {
      damaged(path, scanner.offset(), "it cannot be read: " + e.getMessage());
      giveUp(stop);
    }
  }

  private void header(DiskFile file, Path path) throws StorageException {
    try {
      FileHeader.read(file, path, FileHeader.SEGMENT, identity);
    } catch (StorageException e) {
      damaged(e, path);
    }
  }

  private void records(Path path, long stop) throws IOException {
    boolean lost = false;
    for (boolean on = scanner.next(); ; on = lost ? scanner.skipTo(expected) : scanner.next()) {
      if (on && scanner.kind() == Frames.MARK) {
        durable = Math.max(durable, scanner.position());
      } else if (on && belongs(lost, stop)) {
        visit(path);
        lost = false;
      } else if (expected >= stop || lost && !on || !lost && endsHere(stop)) {
        break;
      } else if (!lost && cutShort()) {
        // The next segment's start, or the journal's end, tells what is missing.
        return;
      } else if (!lost) {
        damaged(path, scanner.offset(), "record " + expected + " is not whole");
        lost = true;
      }
    }
    if (lost) {
      giveUp(stop);
    }
  }

  private boolean belongs(boolean lost, long stop) {
    long position = scanner.position();
    return position < stop && (position == expected || lost && position > expected);
  }

  private void visit(Path path) throws StorageException {
    expected = scanner.position() + 1;
    records++;
    visitor.record(new Entry(scanner.position(), path, scanner.offset(), scanner.length()),
        scanner.payload());
  }

  /** Whether the last segment ends with a bad frame that was never reported durable. */
  private boolean endsHere(long stop) throws IOException {
    if (stop != Long.MAX_VALUE) {
      return false;
    }
    long offset = scanner.offset();
    boolean untouched = scanner.untouched();
    while (durable < expected && scanner.skipTo(expected)) {
      if (scanner.kind() == Frames.MARK) {
        durable = Math.max(durable, scanner.position());
      }
    }
    scanner.seek(offset);
    tornTail = durable < expected && !untouched;
    return durable < expected;
  }

  /** Whether nothing follows in this segment, damaged or not. */
  private boolean cutShort() throws IOException {
    long offset = scanner.offset();
    boolean nothing = scanner.untouched() && !scanner.skipTo(expected);
    scanner.seek(offset);
    return nothing;
  }

  /** Counts what is missing from here to the end of a segment as told. */
  private void giveUp(long stop) {
    expected = stop == Long.MAX_VALUE ? Math.max(expected, durable + 1) : stop;
  }

  private void snapshots() throws StorageException {
    for (Map.Entry<Long, Path> snapshot : files.snapshots().entrySet()) {
      Path path = snapshot.getValue();
      try (SnapshotReader reader =
          SnapshotReader.open(disk, path, identity, snapshot.getKey())) {
        reader.verify();
        snapshots++;
      } catch (StorageException e) {
        // A running node may have deleted it in the meantime.
        if (Files.exists(path)) {
          damaged(e, path);
        }
      }
    }
  }

  private void damaged(StorageException cause, Path path) throws StorageException {
    damaged(path, cause instanceof DamageException d ? d.offset() : 0, cause.getMessage());
  }

  private void damaged(Path path, long offset, String what) throws StorageException {
    Damaged place = new Damaged(path, offset, what);
    damages++;
    first = first == null ? place : first;
    visitor.damaged(place);
  }
}
