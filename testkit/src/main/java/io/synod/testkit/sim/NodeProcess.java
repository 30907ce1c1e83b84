package io.synod.testkit.sim;

import io.synod.api.message.Message;
import io.synod.api.model.Eras;
import io.synod.api.model.InstanceId;
import io.synod.api.model.NodeId;
import io.synod.api.replication.ReplicatedStateMachine;
import io.synod.api.storage.DurableRecord;
import io.synod.replication.MembershipDesk;
import io.synod.sharedmemory.AtomicRegisters;
import java.util.Optional;

/** One node's algorithms, from a start to a crash, as the simulator drives them. */
public interface NodeProcess {
  /** Replays one record. */
  void recover(DurableRecord record);

  /** Takes part from now on. */
  void start(boolean freshStore);

  /** A message of a peer, or of itself. */
  void onMessage(NodeId from, Message message);

  /** Ends a turn. */
  void endOfTurn();

  /** The door for commands and reads. */
  ReplicatedStateMachine machine();

  /** The door for changes of configuration. */
  default MembershipDesk membership() {
    throw new UnsupportedOperationException("its members never change");
  }

  /** The door for reads and writes of atomic registers. */
  default AtomicRegisters registers() {
    throw new UnsupportedOperationException("it replicates a log");
  }

  /** What it knows of eras. */
  Eras eras();

  /** How far it has applied. */
  InstanceId applied();

  /** Whether it takes itself for the leader. */
  default boolean leading() {
    return false;
  }

  /** Whom it trusts to lead. */
  default Optional<NodeId> leader() {
    return Optional.empty();
  }

  /** Makes processes. */
  interface Factory {
    /** Whether votes survive a restart. */
    boolean stable();

    /** A process for one life of a node. */
    NodeProcess create(NodeWorld world);
  }
}
