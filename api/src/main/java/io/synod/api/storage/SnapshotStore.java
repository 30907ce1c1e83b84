package io.synod.api.storage;

import io.synod.api.model.InstanceId;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Holds snapshots: written aside, checksummed, committed atomically, the newest wins. All calls
 * may block; one thread at a time (the runtime's snapshot thread, or recovery).
 */
public interface SnapshotStore extends AutoCloseable {
  /** The newest committed snapshot, if there is one. */
  Optional<SnapshotInfo> newest() throws StorageException;

  /** Starts a snapshot as of {@code last}; nothing is visible before the commit. */
  Sink create(InstanceId last) throws StorageException;

  /**
   * Opens the newest for reading from its start. A wrong checksum is refused by file and offset
   * before any byte is handed out.
   */
  InputStream openNewest() throws StorageException;

  /**
   * Reads part of the snapshot as of {@code last} into {@code into}; returns the number of bytes,
   * 0 at its end, -1 when there is no such snapshot (any more).
   */
  int read(InstanceId last, long offset, ByteBuffer into) throws StorageException;

  /** Deletes all older than {@code last}; never the newest. */
  void deleteOlderThan(InstanceId last) throws StorageException;

  @Override
  void close();

  /** A snapshot being written. */
  interface Sink extends AutoCloseable {
    /** Where the content goes. */
    OutputStream stream();

    /** Forces the content, makes it the newest and says how long it is. */
    SnapshotInfo commit() throws StorageException;

    /** Without a commit before: forgets the half-written snapshot. */
    @Override
    void close();
  }
}
