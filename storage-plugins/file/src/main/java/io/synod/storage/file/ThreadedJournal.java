package io.synod.storage.file;

import io.synod.api.storage.Journal;
import io.synod.api.storage.StorageException;
import io.synod.api.storage.StoreIdentity;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.TreeSet;

/**
 * The loop's side of a journal whose writing and forcing is done by a thread of its own: order of
 * calls, checkpoints, and the way to that thread. What a record becomes is up to the subclass.
 * Positions count the records from 1. When more than {@code buffered} bytes wait to be written, an
 * append blocks until the disk has caught up. A record of more than 256 MB is refused.
 */
public abstract class ThreadedJournal implements Journal {
  private final Path directory;
  private final String node;
  private final long buffered;
  private final TreeSet<Long> checkpoints = new TreeSet<>();
  private JournalThread thread;
  private long last;
  private boolean closed;

  /** Of that store; nothing is read or started yet. */
  protected ThreadedJournal(Path directory, StoreIdentity identity, long buffered) {
    this.directory = directory;
    this.node = identity.node().name();
    this.buffered = buffered;
  }

  /** Where the thread writes; always the same. */
  protected abstract JournalMedium medium();

  /** Visits all records, notes the checkpoints, returns the position of the last record. */
  protected abstract long recover(Visitor visitor, TreeSet<Long> checkpoints)
      throws StorageException;

  /** Copies a record to where the thread will find it; calls {@link #awaitDisk} now and then. */
  protected abstract void put(long position, ByteBuffer record, boolean checkpoint)
      throws StorageException;

  /** Lets the thread see all that was put, which reaches up to {@code position}. */
  protected abstract void publish(long position);

  /** Closes what else there is, after the thread and its medium. */
  protected void release() {}

  @Override
  public final void replay(Visitor visitor) throws StorageException {
    if (closed || thread != null) {
      throw new IllegalStateException("a journal is replayed once, before it is closed");
    }
    last = recover(visitor, checkpoints);
    thread = new JournalThread(medium(), node);
    thread.start();
  }

  @Override
  public final long append(ByteBuffer record) throws StorageException {
    return append(record, false);
  }

  @Override
  public final long appendCheckpoint(ByteBuffer record) throws StorageException {
    long position = append(record, true);
    checkpoints.add(position);
    return position;
  }

  private long append(ByteBuffer record, boolean checkpoint) throws StorageException {
    refuseIfUnwritable();
    if (record.remaining() > Frames.LONGEST) {
      throw new StorageException("a record of " + record.remaining() + " bytes is longer than the"
          + " journal takes (" + Frames.LONGEST + "): make the commands or the batch smaller");
    }
    put(last + 1, record, checkpoint);
    return ++last;
  }

  private void refuseIfUnwritable() throws StorageException {
    if (closed) {
      throw new StorageException("the journal in " + directory + " is closed");
    }
    if (thread == null) {
      throw new IllegalStateException("a journal must be replayed before it is appended to");
    }
    if (thread.failure() != null) {
      throw thread.failure();
    }
  }

  /** All up to here was forced. Not before the replay. */
  protected final long durable() {
    return medium().durable();
  }

  /** Has all that was published written out, forced or not, and waits if too much is waiting. */
  protected final void awaitDisk() throws StorageException {
    thread.flush();
    if (medium().backlog() > buffered) {
      thread.awaitBacklog(buffered);
      refuseIfUnwritable();
    }
  }

  @Override
  public final void sync(SyncListener listener) {
    if (closed || thread == null) {
      listener.failed(new StorageException("the journal in " + directory + " is not open"));
      return;
    }
    publish(last);
    thread.sync(last, listener);
  }

  @Override
  public final void dropBefore(long position) throws StorageException {
    if (!checkpoints.contains(position)) {
      throw new IllegalArgumentException(
          "record " + position + " is not a checkpoint of this journal");
    }
    refuseIfUnwritable();
    publish(last);
    thread.drop(position);
    checkpoints.headSet(position).clear();
  }

  /** Answers the syncs that were asked for, then stops; so it waits for a force under way. */
  @Override
  public final void close() {
    if (closed) {
      return;
    }
    closed = true;
    if (thread == null) {
      medium().close();
    } else {
      thread.close();
    }
    release();
  }
}
