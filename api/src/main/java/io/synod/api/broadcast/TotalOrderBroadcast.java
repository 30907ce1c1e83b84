package io.synod.api.broadcast;

import io.synod.api.message.BroadcastMessage.Progress;
import io.synod.api.message.BroadcastMessage;
import io.synod.api.model.Ballot;
import io.synod.api.model.Configuration;
import io.synod.api.model.Era;
import io.synod.api.model.InstanceId;
import io.synod.api.model.NodeId;
import io.synod.api.model.Reconfigure;
import io.synod.api.model.Value;
import io.synod.api.storage.DurableRecord;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongConsumer;

/**
 * Total order broadcast (Deconstructing Paxos §3.4; figure 9): batches messages into instances,
 * keeps several on their way, delivers in order without gaps, catches up from peers. Loop thread
 * only. A message taken is proposed in one instance only; whether it was delivered is seen by
 * delivery, so that a caller who hears nothing broadcasts again and the layer above drops copies.
 */
public interface TotalOrderBroadcast {
  /** What became of a message. */
  enum Admission {
    /** It is queued or proposed. */
    TAKEN,
    /** This node does not lead now. */
    NOT_LEADER,
    /** Too many bytes or messages wait. */
    OVERLOADED,
    /** Another change of configuration came first, or is not finished yet. */
    NOT_NOW
  }

  /** toBroadcast(m): leader only. */
  Admission broadcast(byte[] message);

  /**
   * Proposes the next era, alone in its instance: leader only, while its own era is the one
   * expected, is active, and no other change is on its way; else it is refused. Where the log does
   * not make eras, the authority is asked; the leader's era need not be active then.
   */
  Admission reconfigure(Reconfigure change);

  /** Tells the others how far this node is and which era it has recorded as active. */
  void report();

  /** Tells one node the same. */
  void reportTo(NodeId node);

  /** What a peer has said of itself last; empty if it was not heard. */
  Optional<Progress> standing(NodeId peer);

  /** How long ago, in nanoseconds, a peer has said anything of itself; empty if never. */
  OptionalLong silence(NodeId peer);

  /**
   * Counts a node that is no member among those told of decisions, so that it can catch up, and
   * asks it how far it is, again with each call.
   */
  void invite(NodeId node, boolean invited);

  /** Decisions known here may have been chosen in ballots up to this one. */
  Ballot decidedIn();

  /** toDeliver: set once, before the start. */
  void onDeliver(Delivery delivery);

  /** Called when this node led and was deposed by another's ballot. Set once. */
  void onDeposed(Runnable listener);

  /** The election changed: leads from now on, or no longer. */
  void lead(boolean leading);

  /** Whether this node leads and may propose now. */
  boolean leading();

  /** All instances ≤ this are decided and known here. */
  InstanceId decided();

  /** All instances ≤ this are delivered. */
  InstanceId delivered();

  /** The first instance whose decision can still be served to a peer. */
  InstanceId retained();

  /** Replays a record, in order; the acceptor has replayed it before. */
  void recover(DurableRecord record);

  /** All records are replayed; everything up to {@code snapshot} is in the newest snapshot. */
  void start(InstanceId snapshot);

  /** Persists the decided watermark, so that a checkpoint may follow. */
  void markDecided();

  /** A snapshot as of {@code last} is complete: what it holds need not be retained. */
  void snapshotTaken(InstanceId last);

  /** A peer's message. */
  void onMessage(NodeId from, BroadcastMessage message);

  /** The own acceptor voted in {@code ballot}, whose leader says how far decisions go. */
  void onDecisions(NodeId from, Ballot ballot, InstanceId decided);

  /**
   * For a linearizable read: {@code then} gets an index that covers everything acknowledged
   * before the call, or -1 when this node does not lead.
   */
  void readIndex(LongConsumer then);

  /**
   * As {@link #readIndex}, but at once and without a message while this node holds a lease; also
   * asks for the lease, or for its renewal, when that is due.
   */
  void leaseIndex(LongConsumer then);

  /** Ends a turn of the loop: proposes what is queued, sends what is due. */
  void endOfTurn();

  /** Takes decided values in order. */
  interface Delivery {
    /** toDeliver of one instance; once each, in order, without gaps. */
    void deliver(InstanceId instance, Value value);

    /** A snapshot replaces everything up to {@code last}, which becomes delivered. */
    void install(InstanceId last);

    /** A fact: {@code era} is active. Persists it and tells the other layers, if it is news. */
    void eraActive(Era era, Configuration configuration);

    /** Acceptors of this configuration, which may never come into force, are to be reachable. */
    void asks(Configuration configuration);
  }
}
