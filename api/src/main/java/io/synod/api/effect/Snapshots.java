package io.synod.api.effect;

import io.synod.api.model.InstanceId;
import io.synod.api.storage.SnapshotContent;
import io.synod.api.storage.SnapshotInfo;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Snapshots as the loop sees them: every call returns at once, the work is done elsewhere, and
 * callbacks run on the loop. A failure stops the node, except where said.
 */
public interface Snapshots {
  /** The newest complete snapshot. */
  Optional<SnapshotInfo> newest();

  /** Writes a snapshot aside, makes it durable, then the newest; then calls {@code done}. */
  void write(InstanceId last, SnapshotContent content, Consumer<SnapshotInfo> done);

  /**
   * Reads up to {@code maxBytes} at {@code offset} of the snapshot as of {@code last}, to be
   * sent to a peer. {@code then} gets null when that snapshot is gone.
   */
  void readChunk(InstanceId last, long offset, int maxBytes, Consumer<byte[]> then);

  /**
   * Starts to receive the snapshot as of {@code last}, forgetting any other half-received one.
   */
  void beginReceive(InstanceId last, long length);

  /** Adds the next part, in order; {@code then} gets the offset reached. */
  void receiveChunk(byte[] bytes, Consumer<Long> then);

  /**
   * Makes the received snapshot durable and the newest, then calls {@code then}, which gets false
   * when its checksum did not match (it is then forgotten).
   */
  void commitReceived(Consumer<Boolean> then);

  /**
   * Hands the newest snapshot to {@code reader} before it returns: the one call that may block
   * the loop, while the node is starting or behind and serves nobody.
   */
  void restoreNewest(Reader reader);

  /** Reads a whole snapshot. */
  interface Reader {
    /** Called once with the content, from its first byte. */
    void read(InputStream content) throws IOException;
  }
}
