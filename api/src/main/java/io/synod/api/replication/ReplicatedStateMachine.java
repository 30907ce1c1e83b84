package io.synod.api.replication;

import io.synod.api.message.ReplicationMessage;
import io.synod.api.model.InstanceId;
import io.synod.api.model.NodeId;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * Sessions, exactly-once commands and reads over total order broadcast. Loop thread only;
 * callbacks run on the loop. Any node takes any call.
 */
public interface ReplicatedStateMachine {
  /**
   * Submits a command in this node's own session; commands of one node take effect in the order
   * of their submission. {@code then} hears exactly once.
   */
  void submit(byte[] command, Consumer<Outcome> then);

  /** Opens a session for a client; {@code then} gets its number, or -1 if not now. */
  void openSession(long nonce, LongConsumer then);

  /**
   * Submits commands of a client's session, from {@code sequence} on; a session's commands take
   * effect in the order of their sequence numbers, each once. All results below
   * {@code answered} have reached the client. The listener hears of each.
   */
  void submit(
      long session, long sequence, long answered, List<byte[]> commands, SessionListener then);

  /** That client is gone from this node: nothing more is sent or reported for its session. */
  void detach(long session, SessionListener listener);

  /** A client is still there: its session is not to expire. */
  void keepAlive(long session);

  /** Reads; {@code minIndex} counts for stale reads. {@code then} hears exactly once. */
  void read(ReadMode mode, InstanceId minIndex, byte[] query, Consumer<ReadOutcome> then);

  /** A message of a peer's replicated state machine. */
  void onMessage(NodeId from, ReplicationMessage message);

  /** All instances up to here are applied. */
  InstanceId applied();

  /** Hears about a client session's commands. */
  interface SessionListener {
    /** Command {@code sequence} was applied (now or before). */
    void applied(long sequence, InstanceId instance, byte[] result);

    /** From {@code sequence} on nothing was taken: try again later. */
    void refused(long sequence, boolean overloaded);

    /** The session is unknown or expired. */
    void expired();
  }
}
