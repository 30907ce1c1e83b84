package io.synod.testkit.oracle;

import io.synod.api.message.Message;
import io.synod.api.message.RegisterMessage;
import io.synod.api.model.Ballot;
import io.synod.api.model.NodeId;
import io.synod.api.model.Value;
import io.synod.reconfig.master.MasterState;
import java.util.HashMap;
import java.util.Map;

/**
 * Termination of round-based consensus: if propose(k, ·) aborts, somebody proposed with k' ≥ k;
 * if it commits, no later propose(k', ·) with k' &lt; k commits. (That a proposal ends at all is
 * what the end of each run demands.) Proposing begins with the first 1a or 1c of a ballot.
 */
public final class Termination extends Oracle implements ProposalWatcher {
  private final Map<Ballot, Late> late = new HashMap<>();
  private Ballot begun = Ballot.BOTTOM;
  private Ballot committed = Ballot.BOTTOM;

  /** Reports to {@code findings} what {@code ledger} shows. */
  public Termination(Findings findings, BallotLedger ledger) {
    super(findings);
    ledger.watch(this);
  }

  @Override
  public void sent(Life from, NodeId to, Message message) {
    if (message instanceof RegisterMessage.Prepare prepare) {
      begun = Ballot.max(begun, prepare.ballot());
    } else if (message instanceof RegisterMessage.Adopt adopt) {
      begun = Ballot.max(begun, adopt.ballot());
    }
  }

  /** A ballot begins with its registration there. */
  @Override
  public void master(MasterState state) {
    begun = Ballot.max(begun, state.highest());
  }

  @Override
  public void proposed(Ballot ballot, long instance, Value value) {
    if (ballot != committed && ballot.before(committed)) {
      late.putIfAbsent(ballot, new Late(instance, committed));
    }
  }

  @Override
  public void layer(Life life, LayerEvent event) {
    if (event instanceof LayerEvent.Deposed deposed) {
      judge(life, deposed.ballot());
    } else if (event instanceof LayerEvent.Decided decided) {
      judge(life, decided);
      committed = Ballot.max(committed, decided.ballot());
    }
  }

  /** The own later ballots in place do not count: they are part of the same proposing. */
  private void judge(Life life, Ballot aborted) {
    boolean own = begun.n() == aborted.n() && begun.proposer().equals(aborted.proposer());
    if (own || begun.before(aborted)) {
      violated(
          "propose of " + life + " in ballot " + aborted + " aborted",
          "nobody has begun a higher ballot than " + begun);
    }
  }

  private void judge(Life life, LayerEvent.Decided decided) {
    if (decided.ballot() == committed || !decided.ballot().before(committed)) {
      return;
    }
    Late first = late.get(decided.ballot());
    if (first != null && first.instance <= decided.instance().number()) {
      violated(
          "a proposal of ballot " + first.committed + " had committed before ballot "
              + decided.ballot() + " proposed at instance " + first.instance,
          life + " saw the latter commit at instance " + decided.instance());
    }
  }

  /** The first instance that a ballot proposed after a higher one had committed. */
  private record Late(long instance, Ballot committed) {}
}
