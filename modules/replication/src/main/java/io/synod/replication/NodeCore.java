package io.synod.replication;

import io.synod.api.message.Message;
import io.synod.api.model.NodeId;
import io.synod.api.node.NodeStatus;
import io.synod.api.replication.ReplicatedStateMachine;
import io.synod.api.storage.DurableRecord;
import io.synod.api.storage.SnapshotInfo;
import java.util.function.Consumer;

/**
 * One node without threads, time or I/O: the layers, recovery, admission, snapshots. The runtime
 * and the simulator drive it. All calls on the loop.
 */
public final class NodeCore {
  /** With its layers; nothing happens before {@link #start}. */
  public NodeCore(Layers layers) {
    throw new UnsupportedOperationException();
  }

  /** Replays one record of the journal, in order. */
  public void recover(DurableRecord record) {
    throw new UnsupportedOperationException();
  }

  /** All records are replayed: restores the newest snapshot, then takes part. */
  public void start(boolean freshStore) {
    throw new UnsupportedOperationException();
  }

  /** A message of a peer, or of this node to itself. */
  public void onMessage(NodeId from, Message message) {
    throw new UnsupportedOperationException();
  }

  /** Ends a turn: proposes what is queued, sends what is due. */
  public void endOfTurn() {
    throw new UnsupportedOperationException();
  }

  /** The door for commands and reads. */
  public ReplicatedStateMachine machine() {
    throw new UnsupportedOperationException();
  }

  /** How the node stands. */
  public NodeStatus status() {
    throw new UnsupportedOperationException();
  }

  /** Takes a snapshot now; false if one is being taken. */
  public boolean snapshot(Consumer<SnapshotInfo> then) {
    throw new UnsupportedOperationException();
  }
}
