package io.synod.server.bench;

import io.synod.api.replication.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * A replicated system in this process, of twice as many nodes as vote. Methods are called by one
 * thread, except for the door, which any thread uses.
 */
public interface MovingSystem extends AutoCloseable {
  /** Offers a system under a name for {@code --peers}; found by ServiceLoader. */
  interface Provider {
    /** What {@code --peers} calls it. */
    String name();

    /** Starts it: the first half votes. Blocks until it takes commands. */
    MovingSystem start(int voters, Path directory) throws IOException, InterruptedException;
  }

  /** Where commands go from now on; a command takes the same way before a move and after it. */
  Function<byte[], CompletionStage<Outcome>> door() throws InterruptedException;

  /**
   * Lets the nodes from that index on vote and the others only learn.
   *
   * @return completes when that is in force; fails if it will not be
   */
  CompletionStage<Void> voters(int from);

  @Override
  void close() throws IOException;
}
