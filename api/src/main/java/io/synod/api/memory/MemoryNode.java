package io.synod.api.memory;

import java.util.concurrent.CompletionStage;

/**
 * A running node of a cluster of atomic registers. Any thread; only {@link #close} and {@link
 * #kill} block. When the node ends, operations that wait fail with {@link IllegalStateException}:
 * a write among them may or may not take effect.
 */
public interface MemoryNode extends SharedMemory, AutoCloseable {
  /** What the operations of this life have cost. */
  CompletionStage<Counts> counts();

  /** Completes when the node has ended; fails if it failed, for example when its disk did. */
  CompletionStage<Void> stopped();

  /** Stops in order; returns when all threads, sockets and files are closed. Idempotent. */
  @Override
  void close();

  /** Stops without forcing anything, as close to a crash as one process allows. Idempotent. */
  void kill();
}
