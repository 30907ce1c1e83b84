package io.synod.api.storage;

/** One node's store: opened (and locked) by its plugin, closed by the runtime. */
public interface Storage extends AutoCloseable {
  /** Whose it is. */
  StoreIdentity identity();

  /** Whether it was created by this opening: no promise was ever made from it. */
  boolean fresh();

  /** Whether what is forced survives the process (false for memory). */
  boolean durable();

  /** The log of records. */
  Journal journal();

  /** The snapshots. */
  SnapshotStore snapshots();

  /** Closes both and releases the lock. Idempotent. */
  @Override
  void close();
}
