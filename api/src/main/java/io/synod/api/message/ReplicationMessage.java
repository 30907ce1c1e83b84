package io.synod.api.message;

import io.synod.api.model.InstanceId;
import io.synod.api.model.NodeId;
import java.util.List;
import java.util.Optional;

/** Messages of the replicated state machine: forwarded commands and read indices. */
public sealed interface ReplicationMessage extends Message {
  /** Encoded log entries for the leader to broadcast, in order. */
  record Forward(List<byte[]> entries) implements ReplicationMessage {
    /** Copies the list. */
    public Forward {
      entries = List.copyOf(entries);
    }
  }

  /** The entries were not taken: not the leader (see {@code leader}), or overloaded. */
  record Refused(Optional<NodeId> leader, boolean overloaded) implements ReplicationMessage {}

  /** Asks the leader for an index that a linearizable read has to wait for. */
  record ReadIndex(long request) implements ReplicationMessage {}

  /** Asks the leader for such an index under its lease, if it holds one. */
  record LeaseIndex(long request) implements ReplicationMessage {}

  /** The index: at the time of the request nothing later had been acknowledged. */
  record ReadIndexReply(long request, InstanceId index) implements ReplicationMessage {}
}
