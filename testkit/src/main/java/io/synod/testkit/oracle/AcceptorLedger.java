package io.synod.testkit.oracle;

import io.synod.api.model.Ballot;
import io.synod.api.model.NodeId;
import io.synod.api.storage.DurableRecord;
import java.util.Map;
import java.util.TreeMap;

/**
 * The votes of every store, as its records show them: ghost state of the acceptors that several
 * oracles share. It reports nothing by itself.
 */
final class AcceptorLedger implements Observer {
  private final Map<NodeId, CastVotes> votes = new TreeMap<>();
  private NodeId lastNode;
  private CastVotes last;

  @Override
  public void started(Life life) {
    votes.put(life.node(), new CastVotes());
    lastNode = null;
  }

  @Override
  public void recovered(Life life, DurableRecord record) {
    of(life).add(record);
  }

  @Override
  public void persisted(Life life, DurableRecord record) {
    of(life).add(record);
  }

  /** The votes of a node's present store. */
  CastVotes of(Life life) {
    if (lastNode != life.node()) {
      last = votes.get(life.node());
      lastNode = life.node();
    }
    return last;
  }

  /** The ballot that a record promises at least; null if it says nothing about ballots. */
  static Ballot ballot(DurableRecord record) {
    if (record instanceof DurableRecord.Voted voted) {
      return voted.ballot();
    } else if (record instanceof DurableRecord.Promised promise) {
      return promise.ballot();
    } else if (record instanceof DurableRecord.StoredOneC stored) {
      return stored.oneC().ballot();
    } else if (record instanceof DurableRecord.Checkpoint checkpoint) {
      return checkpoint.promised();
    }
    return null;
  }
}
