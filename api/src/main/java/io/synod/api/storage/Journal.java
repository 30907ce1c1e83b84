package io.synod.api.storage;

import java.nio.ByteBuffer;

/**
 * An append-only log of records with a durable end. Positions grow with every record; a replay
 * gives the records in order of appending. One thread at a time calls it (the loop), except that
 * listeners are called on a thread of the journal.
 */
public interface Journal extends AutoCloseable {
  /** Takes each record of a replay. */
  interface Visitor {
    /** The record's position and bytes (valid during the call). */
    void record(long position, ByteBuffer bytes) throws StorageException;
  }

  /**
   * Told about forced writes. Called on a thread of the journal, not on the loop; a journal that
   * has nothing to wait for (memory, or one that is closed) may call it within {@link #sync}.
   */
  interface SyncListener {
    /** Everything appended up to and including {@code position} is durable. */
    void durable(long position);

    /** A write or force failed: the journal is closed to writing for good. */
    void failed(StorageException cause);
  }

  /**
   * Reads all records from the oldest kept. Called once, before the first append; may block. A
   * torn tail is cut; damage before the durable end is refused by file and offset.
   */
  void replay(Visitor visitor) throws StorageException;

  /**
   * Buffers or writes a record without forcing it and without waiting for the disk to do so; the
   * bytes are copied. Returns its position.
   */
  long append(ByteBuffer record) throws StorageException;

  /** The same, as the first record of a new segment. */
  long appendCheckpoint(ByteBuffer record) throws StorageException;

  /**
   * Starts to force all appended so far and returns at once; the listener hears exactly once for
   * each call, in order. Calls while a force runs are answered by one later force.
   */
  void sync(SyncListener listener);

  /** Deletes what lies before {@code position}, in whole segments; it must be a checkpoint's. */
  void dropBefore(long position) throws StorageException;

  /** Stops; what was not forced may be lost. Idempotent. */
  @Override
  void close();
}
