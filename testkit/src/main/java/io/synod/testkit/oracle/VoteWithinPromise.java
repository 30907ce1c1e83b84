package io.synod.testkit.oracle;

import io.synod.api.model.Ballot;
import io.synod.api.model.Incarnation;
import io.synod.api.storage.DurableRecord;
import java.util.HashMap;
import java.util.Map;

/**
 * PAccInv on the journal of each store: promises only rise from record to record, and no vote is
 * cast below the promise (maxBal ≥ maxVBal), across restarts.
 */
public final class VoteWithinPromise extends Oracle {
  private final Map<Incarnation, Ballot> promised = new HashMap<>();

  /** Reports to {@code findings}. */
  public VoteWithinPromise(Findings findings) {
    super(findings);
  }

  @Override
  public void started(Life life) {
    promised.put(life.incarnation(), Ballot.BOTTOM);
  }

  @Override
  public void recovered(Life life, DurableRecord record) {
    judge(life, record);
  }

  @Override
  public void persisted(Life life, DurableRecord record) {
    judge(life, record);
  }

  private void judge(Life life, DurableRecord record) {
    Ballot ballot = ballot(record);
    if (ballot == null) {
      return;
    }
    Ballot before = promised.get(life.incarnation());
    if (ballot.before(before)) {
      violated(
          life + " had recorded ballot " + before,
          "it then recorded " + record.getClass().getSimpleName() + " in ballot " + ballot);
    } else if (ballot != before) {
      promised.put(life.incarnation(), ballot);
    }
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
