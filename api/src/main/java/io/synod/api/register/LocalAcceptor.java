package io.synod.api.register;

import io.synod.api.message.RegisterMessage.Request;
import io.synod.api.model.Ballot;
import io.synod.api.model.Eras;
import io.synod.api.model.Incarnation;
import io.synod.api.model.InstanceId;
import io.synod.api.model.NodeId;
import io.synod.api.model.OneC;
import io.synod.api.model.Value;
import io.synod.api.storage.DurableRecord;
import java.util.Map;
import java.util.Optional;

/**
 * This node's own acceptor, as the layers above see it. Loop thread only. It persists what it
 * must before an answer leaves; nobody else writes its records.
 */
public interface LocalAcceptor {
  /** Replays a record, in order; before anything else. Records of other layers are ignored. */
  void recover(DurableRecord record);

  /**
   * Whether its store is known to be the first under its id: until then it has no vote where a
   * founding member is meant. Each answer says which store gives it, and quorums count that.
   */
  void founding(boolean first);

  /** A proposer's request; answered by {@code Effects.send} to {@code from}. */
  void onRequest(NodeId from, Request request);

  /** The highest promised ballot. */
  Ballot promised();

  /** The 1c that it has stored last, without its window: it votes in that ballot alone. */
  Optional<OneC> stored();

  /** Its vote in {@code ballot} at that instance, or null if it has none in that ballot. */
  Value voteIn(Ballot ballot, InstanceId instance);

  /** Its vote in any ballot at that instance, or null; used when replaying. */
  Value vote(InstanceId instance);

  /** All instances ≤ upTo are decided and held by the log or a snapshot: votes may go. */
  void held(InstanceId upTo);

  /** Hears, after each accepted 2a, how far its ballot's decisions go. Set once. */
  void onDecisions(DecisionListener listener);

  /**
   * Whether it has stored a 1c whose configuration names this very store: it votes then, whatever
   * became of an earlier store of the same node.
   */
  boolean named();

  /** Hears when it stores the first 1c that names this store. Set once. */
  void onNamed(Runnable listener);

  /** A checkpoint: the acceptor's part, and the rest. */
  DurableRecord.Checkpoint checkpoint(Rest rest);

  /** What others add to a checkpoint; see there. */
  record Rest(
      long epoch, boolean admitted, Map<NodeId, Incarnation> met, Eras eras, Ballot decidedIn,
      InstanceId decided) {}

  /** Hears of decisions that rode on a 2a. */
  interface DecisionListener {
    /** The leader of {@code ballot} says that everything ≤ {@code decided} is chosen. */
    void decisions(NodeId leader, Ballot ballot, InstanceId decided);
  }
}
