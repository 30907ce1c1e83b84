package io.synod.testkit.oracle;

import io.synod.api.model.Ballot;
import io.synod.api.model.Value;

/**
 * P2aInv: a 2a has a 1c of the same ballot that shows its value safe: the one of the window, or
 * any value after the window; never one below it.
 */
public final class P2aInv extends Oracle implements ProposalWatcher {
  private final BallotLedger ledger;

  /** Reports to {@code findings} what {@code ledger} shows. */
  public P2aInv(Findings findings, BallotLedger ledger) {
    super(findings);
    this.ledger = ledger;
    ledger.watch(this);
  }

  @Override
  public void proposed(Ballot ballot, long instance, Value value) {
    BallotView view = ledger.view(ballot);
    if (view == null) {
      violated(
          "a 2a of ballot " + ballot + " for " + value + " at instance " + instance,
          "no 1c of that ballot was sent before");
    } else if (instance < view.low()) {
      violated(
          "a 2a of ballot " + ballot + " at instance " + instance,
          "its 1c says that everything below " + view.low() + " is chosen already");
    }
  }

  @Override
  public void twoValues(BallotView view, long instance, Value first, Value second) {
    if (view.inWindow(instance)) {
      violated(
          "the 1c of ballot " + view.ballot() + " declares " + first + " safe at instance "
              + instance,
          "its 2a proposes " + second + " there");
    }
  }
}
