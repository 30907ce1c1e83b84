package io.synod.storage.file;

import io.synod.api.storage.Journal;
import io.synod.api.storage.StorageException;
import io.synod.api.storage.StoreIdentity;
import java.nio.ByteBuffer;
import java.util.TreeSet;

/**
 * The journal in segments. The loop's side: an append is a copy into a buffer, without a lock or a
 * system call; a sync wakes the journal's thread. When more than {@code buffered} bytes wait to be
 * written, an append blocks until the disk has caught up.
 *
 * <p>Positions count the records from 1. A record of more than 256 MB is refused.
 */
final class FileJournal implements Journal {
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
  private static final int MARK_BYTES = Frames.size(0);

  private final Disk disk;
  private final StoreFiles files;
  private final StoreIdentity identity;
  private final DurableEnd end;
  private final long segmentBytes;
  private final long buffered;
  private final Frames frames;
  private final SegmentAllocator allocator;
  private final SegmentWriter writer;
  private final AppendBuffer buffer = new AppendBuffer();
  private JournalThread thread;
  private TreeSet<Long> checkpoints = new TreeSet<>();
  private long last;
  private long marked;
  private long room;
  private boolean closed;

  FileJournal(Disk disk, StoreFiles files, StoreIdentity identity, long segmentBytes,
      long buffered) throws StorageException {
    this.disk = disk;
    this.files = files;
    this.identity = identity;
    this.segmentBytes = segmentBytes;
    this.buffered = buffered;
    this.frames = new Frames(identity);
    this.end = DurableEnd.open(disk, files, identity);
    this.allocator = new SegmentAllocator(disk, files, segmentBytes, identity.node().name());
    this.writer = new SegmentWriter(disk, files, identity, end, allocator);
  }

  @Override
  public void replay(Visitor visitor) throws StorageException {
    if (closed || thread != null) {
      throw new IllegalStateException("a journal is replayed once, before it is closed");
    }
    Recovery recovery = new Recovery(disk, files, identity, end, visitor);
    last = recovery.run();
    checkpoints = recovery.checkpoints();
    allocator.prepare();
    thread = new JournalThread(buffer, writer, identity.node().name());
    thread.start();
  }

  @Override
  public long append(ByteBuffer record) throws StorageException {
    return append(record, false);
  }

  @Override
  public long appendCheckpoint(ByteBuffer record) throws StorageException {
    long position = append(record, true);
    checkpoints.add(position);
    return position;
  }

  private long append(ByteBuffer record, boolean checkpoint) throws StorageException {
    refuseIfUnwritable();
    int size = checkedSize(record.remaining());
    ByteBuffer into = place(size, checkpoint);
    int before = into.position();
    long durable = thread.durable();
    if (durable > marked) {
      frames.write(into, Frames.MARK, durable, NOTHING);
      marked = durable;
    }
    frames.write(into, Frames.RECORD, last + 1, record);
    room -= into.position() - before;
    return ++last;
  }

  private void refuseIfUnwritable() throws StorageException {
    if (closed) {
      throw new StorageException("the journal in " + files.directory() + " is closed");
    }
    if (thread == null) {
      throw new IllegalStateException("a journal must be replayed before it is appended to");
    }
    if (thread.failure() != null) {
      throw thread.failure();
    }
  }

  private static int checkedSize(int length) throws StorageException {
    if (length > Frames.LONGEST) {
      throw new StorageException("a record of " + length + " bytes is longer than the journal"
          + " takes (" + Frames.LONGEST + "): make the commands or the batch smaller");
    }
    return Frames.size(length);
  }

  /** A buffer with room for the frame and a mark before it, in this segment or a new one. */
  private ByteBuffer place(int size, boolean checkpoint) throws StorageException {
    int need = size + MARK_BYTES;
    if (checkpoint || room < need) {
      long bytes = Math.max(segmentBytes, (long) FileHeader.SIZE + need);
      buffer.segment(need, last + 1, checkpoint, bytes);
      room = bytes - FileHeader.SIZE;
      awaitDisk();
    } else if (buffer.current().remaining() < need) {
      buffer.more(need, last);
      awaitDisk();
    }
    return buffer.current();
  }

  private void awaitDisk() throws StorageException {
    thread.flush();
    if (buffer.backlog() > buffered) {
      thread.awaitBacklog(buffered);
      refuseIfUnwritable();
    }
  }

  @Override
  public void sync(SyncListener listener) {
    if (closed || thread == null) {
      listener.failed(
          new StorageException("the journal in " + files.directory() + " is not open"));
      return;
    }
    buffer.publish(last);
    thread.sync(last, listener);
  }

  @Override
  public void dropBefore(long position) throws StorageException {
    if (!checkpoints.contains(position)) {
      throw new IllegalArgumentException(
          "record " + position + " is not a checkpoint of this journal");
    }
    refuseIfUnwritable();
    buffer.publish(last);
    thread.drop(position);
    checkpoints.headSet(position).clear();
  }

  /** Answers the syncs that were asked for, then stops; so it waits for a force under way. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    if (thread == null) {
      writer.close();
    } else {
      thread.close();
    }
    allocator.close();
  }
}
