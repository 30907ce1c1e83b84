package io.synod.runtime.node;

import io.synod.api.storage.StorageException;

/** One entry of the loop's queue. */
interface LoopTask {
  /** What an entry without content counts in the bound of the queue. */
  int BASE_WEIGHT = 64;

  /** On the loop. Whatever it throws stops the node. */
  void run() throws StorageException;

  /** Instead of {@link #run}, when the loop has ended before; on any thread. */
  default void abandoned() {}

  /** Bytes counted in the bound of the queue; the same at every call. */
  default int weight() {
    return 0;
  }
}
