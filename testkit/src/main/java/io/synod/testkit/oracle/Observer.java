package io.synod.testkit.oracle;

import io.synod.api.message.Message;
import io.synod.api.model.InstanceId;
import io.synod.api.model.NodeId;
import io.synod.api.model.Value;
import io.synod.api.replication.ReadMode;
import io.synod.api.storage.DurableRecord;
import io.synod.reconfig.master.MasterState;
import java.util.List;

/**
 * Watches a run. Called on the simulator's one thread, at the virtual moment of the event; must
 * neither block nor change what it is shown. Does nothing by default.
 */
public interface Observer {
  /** A node starts, before its journal is replayed. */
  default void started(Life life) {}

  /** A record is read back from the disk by a starting node. */
  default void recovered(Life life, DurableRecord record) {}

  /** A snapshot as of {@code last} is read into the state machine. */
  default void restored(Life life, InstanceId last) {}

  /** A node has crashed or stopped. */
  default void stopped(Life life) {}

  /** A record is handed to the journal. */
  default void persisted(Life life, DurableRecord record) {}

  /** A record is durable; in the order of {@link #persisted}. */
  default void forced(Life life, DurableRecord record) {}

  /** A message leaves, also one to the node itself. */
  default void sent(Life from, NodeId to, Message message) {}

  /** A message arrives. */
  default void received(Life to, NodeId from, Message message) {}

  /**
   * What a passive acceptor holds amounts to this message to that process, as of now: it will be
   * received in a moment.
   */
  default void passiveSaid(NodeId passive, Life to, Message message) {}

  /** propose(v) is called. */
  default void proposed(Life life, Value value) {}

  /** toDeliver of one instance. */
  default void delivered(Life life, InstanceId instance, Value value) {}

  /** A snapshot replaces everything up to {@code last}. */
  default void installed(Life life, InstanceId last) {}

  /** The state machine applied a command, its {@code count}-th. */
  default void applied(Life life, InstanceId instance, Command command, Step step) {}

  /** A client hands in a command for the first time. */
  default void invoked(Command command) {}

  /** A client hears that its command is the {@code count}-th that took effect. */
  default void acknowledged(Command command, InstanceId instance, long count) {}

  /** A client hears that its command did not and will not take effect. */
  default void rejected(Command command) {}

  /** A client asks for a linearizable read, confirmed by a quorum or under a lease. */
  default void readInvoked(long request, ReadMode mode) {}

  /** It is told that {@code count} commands have taken effect. */
  default void readAnswered(long request, ReadMode mode, long count) {}

  /** From now on clocks break the bound that leases rely on, until the run ends. */
  default void clocksBreakBound() {}

  /** The configuration master has come to this state. */
  default void master(MasterState state) {}

  /** Something happens at the interface between two layers of a node. */
  default void layer(Life life, LayerEvent event) {}

  /**
   * From now on nothing is wrong: all faults are off, and nothing that they held back is on its
   * way. In a run without faults, from a while after the start.
   */
  default void calm() {}

  /** All is {@link #calm}, and no client wants anything any more. */
  default void idle() {}

  /** Whether what must eventually hold holds by now; asked after all faults are off. */
  default boolean settled() {
    return true;
  }

  /** The run is over: these nodes are up. */
  default void ended(List<Replica> replicas) {}

  /** What an application did: the number of the command and the digest after it. */
  record Step(long count, long digest) {}
}
