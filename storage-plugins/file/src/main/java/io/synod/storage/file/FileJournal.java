package io.synod.storage.file;

import io.synod.api.storage.StorageException;
import io.synod.api.storage.StoreIdentity;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.TreeSet;

/**
 * The journal in segments. An append is a copy into a buffer, without a lock or a system call; a
 * sync wakes the journal's thread.
 */
final class FileJournal extends ThreadedJournal {
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
  private static final int MARK_BYTES = Frames.size(0);

  private final Disk disk;
  private final StoreFiles files;
  private final StoreIdentity identity;
  private final DurableEnd end;
  private final long segmentBytes;
  private final Frames frames;
  private final SegmentAllocator allocator;
  private final AppendBuffer buffer = new AppendBuffer();
  private final Segments segments;
  private long marked;
  private long room;

  FileJournal(Disk disk, StoreFiles files, StoreIdentity identity, DurableEnd end,
      long segmentBytes, long buffered) {
    super(files.directory(), identity, buffered);
    this.disk = disk;
    this.files = files;
    this.identity = identity;
    this.segmentBytes = segmentBytes;
    this.frames = new Frames(identity);
    this.end = end;
    this.allocator = new SegmentAllocator(disk, files, segmentBytes, identity.node().name());
    this.segments = new Segments(
        buffer, new SegmentWriter(disk, files, identity, end, allocator));
  }

  /** The thread's side. */
  private record Segments(AppendBuffer buffer, SegmentWriter writer) implements JournalMedium {
    @Override
    public long write() throws IOException {
      return buffer.drainTo(writer);
    }

    @Override
    public void force(long position) throws IOException {
      writer.force(position);
    }

    @Override
    public long durable() {
      return writer.durable();
    }

    @Override
    public void dropBefore(long position) throws IOException {
      writer.dropBefore(position);
    }

    @Override
    public long backlog() {
      return buffer.backlog();
    }

    @Override
    public StorageException unwritable(IOException cause) {
      return Damage.unwritable(writer.touched(), cause);
    }

    @Override
    public void close() {
      writer.close();
    }
  }

  @Override
  protected JournalMedium medium() {
    return segments;
  }

  @Override
  protected long recover(Visitor visitor, TreeSet<Long> checkpoints) throws StorageException {
    Recovery recovery = new Recovery(disk, files, identity, end, visitor);
    long last = recovery.run();
    checkpoints.addAll(recovery.checkpoints());
    allocator.prepare();
    return last;
  }

  @Override
  protected void put(long position, ByteBuffer record, boolean checkpoint)
      throws StorageException {
    ByteBuffer into = place(Frames.size(record.remaining()), position, checkpoint);
    int before = into.position();
    long durable = durable();
    if (durable > marked) {
      frames.write(into, Frames.MARK, durable, NOTHING);
      marked = durable;
    }
    frames.write(into, Frames.RECORD, position, record);
    room -= into.position() - before;
  }

  /** A buffer with room for the frame and a mark before it, in this segment or a new one. */
  private ByteBuffer place(int size, long position, boolean checkpoint) throws StorageException {
    int need = size + MARK_BYTES;
    if (checkpoint || room < need) {
      long bytes = Math.max(segmentBytes, (long) FileHeader.SIZE + need);
      buffer.segment(need, position, checkpoint, bytes);
      room = bytes - FileHeader.SIZE;
      awaitDisk();
    } else if (buffer.current().remaining() < need) {
      buffer.more(need, position - 1);
      awaitDisk();
    }
    return buffer.current();
  }

  @Override
  protected void publish(long position) {
    buffer.publish(position);
  }

  @Override
  protected void release() {
    allocator.close();
  }
}
