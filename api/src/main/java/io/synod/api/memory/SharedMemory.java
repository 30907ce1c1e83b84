package io.synod.api.memory;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Atomic (linearizable) registers by name, as seen through one node: each read gives the value of
 * the last write before it, in an order that respects real time, whichever nodes were asked
 * (Attiya, Bar-Noy, Dolev). There is no log, no leader and no consensus: a register can be read
 * and overwritten, but not changed depending on what it holds.
 *
 * <p>Any thread; no method blocks. Stages complete on the node's callback executor. An operation
 * waits for as long as no quorum answers: whoever cannot wait puts a time-out on the stage, after
 * which the outcome of a write is unknown; it may take effect at any later time, or never.
 */
public interface SharedMemory {
  /** The longest name of a register, in characters. */
  int LONGEST_NAME = 512;

  /**
   * Reads a register; empty if nobody has written it. The array belongs to the caller.
   *
   * @throws IllegalArgumentException in the stage, for a name that is empty or too long
   */
  CompletionStage<Optional<byte[]>> read(String name);

  /**
   * Writes a register. When the stage completes, a write quorum has the value on disk, and every
   * read that begins from now on gives it or a later one. The array must not be changed
   * afterwards.
   *
   * @throws NotTheWriterException in the stage, where another node is the only writer
   * @throws IllegalArgumentException in the stage, for a name that is empty or too long, or a
   *     value that is too large
   */
  CompletionStage<Void> write(String name, byte[] value);
}
