package io.synod.testkit.oracle;

import io.synod.api.message.Message;
import io.synod.api.message.RegisterMessage;
import io.synod.api.model.Ballot;
import io.synod.api.model.NodeId;
import io.synod.api.model.OneC;
import io.synod.api.model.Vote;
import io.synod.api.storage.DurableRecord;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A 2b is cumulative: at every instance up to the one it names, the acceptor has recorded a vote
 * in its ballot, or the instance is chosen anyway.
 */
public final class VotesBehindAck extends Oracle {
  private final BallotLedger ledger;
  private final Map<NodeId, Voted> acceptors = new TreeMap<>();

  /** Reports to {@code findings}; must see a message before {@code ledger} does. */
  public VotesBehindAck(Findings findings, BallotLedger ledger) {
    super(findings);
    this.ledger = ledger;
  }

  @Override
  public void started(Life life) {
    acceptors.put(life.node(), new Voted());
  }

  @Override
  public void recovered(Life life, DurableRecord record) {
    acceptors.get(life.node()).add(record);
  }

  @Override
  public void persisted(Life life, DurableRecord record) {
    acceptors.get(life.node()).add(record);
  }

  @Override
  public void sent(Life from, NodeId to, Message message) {
    if (message instanceof RegisterMessage.Accepted accepted && from.stable()) {
      judge(from, accepted);
    }
  }

  private void judge(Life from, RegisterMessage.Accepted accepted) {
    Voted voted = acceptors.get(from.node());
    if (!voted.ballot.equals(accepted.ballot())) {
      return; // an answer given before a higher ballot came; it was judged by its durability
    }
    voted.instances.headSet(ledger.chosenUpTo() + 1).clear();
    for (long i = ledger.chosenUpTo() + 1; i <= accepted.upTo().number(); i++) {
      if (!voted.instances.contains(i)) {
        violated(
            from + " sent a 2b of ballot " + accepted.ballot() + " up to " + accepted.upTo(),
            "it has not voted at instance " + i + " in it; chosen is everything up to "
                + ledger.chosenUpTo());
        return;
      }
    }
  }

  /** The instances at which a store has recorded votes in its highest ballot. */
  private static final class Voted {
    private final TreeSet<Long> instances = new TreeSet<>();
    private Ballot ballot = Ballot.BOTTOM;

    void add(DurableRecord record) {
      if (record instanceof DurableRecord.Voted v) {
        add(v.ballot(), v.first().number(), v.values().size());
      } else if (record instanceof DurableRecord.StoredOneC stored) {
        OneC oneC = stored.oneC();
        add(oneC.ballot(), oneC.low().number(), oneC.window().size());
      } else if (record instanceof DurableRecord.Checkpoint checkpoint) {
        for (Vote vote : checkpoint.votes()) {
          add(vote.ballot(), vote.instance().number(), 1);
        }
      }
    }

    private void add(Ballot in, long first, int count) {
      if (ballot.before(in)) {
        ballot = in;
        instances.clear();
      }
      for (long i = first; in.equals(ballot) && i < first + count; i++) {
        instances.add(i);
      }
    }
  }
}
