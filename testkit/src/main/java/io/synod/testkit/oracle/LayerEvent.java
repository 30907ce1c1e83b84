package io.synod.testkit.oracle;

import io.synod.api.model.Ballot;
import io.synod.api.model.Incarnation;
import io.synod.api.model.InstanceId;
import io.synod.api.model.NodeId;
import io.synod.api.model.Value;
import io.synod.api.register.ReadOutcome;
import java.util.List;
import java.util.Optional;

/** What happens at the interfaces between the layers of one node. */
public sealed interface LayerEvent {
  /** Register: read(k) is called for all instances from {@code first} on. */
  record ReadInvoked(Ballot ballot, InstanceId first) implements LayerEvent {}

  /**
   * Register: read(k) returns for good: the reader asks no further era, and acts on it next.
   */
  record ReadReturned(InstanceId first, ReadOutcome outcome) implements LayerEvent {}

  /** Register: write(k, v) is called for consecutive instances; a 1c's window, or one value. */
  record WriteInvoked(Ballot ballot, InstanceId first, List<Value> values)
      implements LayerEvent {}

  /** Register: write(k, ·) has committed at all instances up to here. */
  record WriteCommitted(Ballot ballot, InstanceId upTo) implements LayerEvent {}

  /** Register: write(k, ·) aborts. */
  record WriteAborted(Ballot ballot, Ballot higher) implements LayerEvent {}

  /** Register: that store of a member is known to have lost its memory. */
  record Recovered(NodeId node, Incarnation lost) implements LayerEvent {}

  /** Consensus: propose(k, ·) commits. */
  record Decided(Ballot ballot, InstanceId instance, Value value) implements LayerEvent {}

  /** Consensus: what is under way in ballot k aborts. */
  record Deposed(Ballot ballot, Ballot higher) implements LayerEvent {}

  /** Election: leader() returns somebody else. */
  record LeaderChanged(Optional<NodeId> leader) implements LayerEvent {}
}
