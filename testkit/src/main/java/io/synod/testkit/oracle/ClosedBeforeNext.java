package io.synod.testkit.oracle;

import io.synod.api.model.Ballot;
import io.synod.api.model.Value;

/**
 * ★ A leader is closed for (n, p, k) before it opens (n, p, k+1): after the 1c of the latter has
 * left, the former proposes nothing new. (What it proposed before may be sent again.)
 */
public final class ClosedBeforeNext extends Oracle implements ProposalWatcher {
  private final BallotLedger ledger;

  /** Reports to {@code findings} what {@code ledger} shows. */
  public ClosedBeforeNext(Findings findings, BallotLedger ledger) {
    super(findings);
    this.ledger = ledger;
    ledger.watch(this);
  }

  @Override
  public void proposed(Ballot ballot, long instance, Value value) {
    BallotView view = ledger.view(ballot);
    if (view != null && view.closed()) {
      violated(
          "the 1c of ballot " + ballot.nextInPlace() + " has left",
          "ballot " + ballot + " then proposed " + value + " at instance " + instance);
    }
  }
}
