package io.synod.api.replication;

import io.synod.api.model.InstanceId;
import io.synod.api.storage.SnapshotContent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/**
 * What a user replicates. All calls come from the node's one loop thread. {@code apply} must be
 * deterministic: a function of the state, the command and the context, and of nothing else (no
 * clock, no randomness, no order of a hash map).
 */
public interface StateMachine {
  /** Where in the log a command stands. */
  interface Context {
    /** The instance that decided the command. */
    InstanceId instance();

    /** The log's time in milliseconds since 1970, written by leaders; never goes back. */
    long timeMillis();
  }

  /**
   * Applies a command and returns its result, which is kept for retries. A refusal is a result
   * too. Throwing halts this replica: the command is neither skipped nor applied twice.
   *
   * @param command valid during the call only; position to limit
   */
  byte[] apply(Context context, ByteBuffer command);

  /** Answers a read without changing anything. A refusal is a result too. */
  byte[] query(ByteBuffer query);

  /**
   * A consistent view of the state as of now, to be written by another thread while commands go
   * on. Must return quickly.
   */
  SnapshotContent snapshot();

  /** Replaces the whole state by what {@code snapshot} wrote. */
  void restore(InputStream snapshot) throws IOException;
}
