package io.synod.testkit.oracle;

import io.synod.api.model.Ballot;
import io.synod.api.model.OneC;
import io.synod.api.model.Value;

/**
 * P2aInv: a 2a has a 1c of the same ballot that shows its value safe: one of the window, or any
 * value after the window; never one below it.
 */
public final class ProposedAfterOneC extends Oracle implements ProposalWatcher {
  private final BallotLedger ledger;

  /** Reports to {@code findings} what {@code ledger} shows. */
  public ProposedAfterOneC(Findings findings, BallotLedger ledger) {
    super(findings);
    this.ledger = ledger;
    ledger.watch(this);
  }

  @Override
  public void proposed(Ballot ballot, long instance, Value value) {
    OneC oneC = ledger.oneC(ballot);
    if (oneC == null) {
      violated(
          "a 2a of ballot " + ballot + " for " + value + " at instance " + instance,
          "no 1c of that ballot was sent before");
    } else if (instance < oneC.low().number()) {
      violated(
          "a 2a of ballot " + ballot + " at instance " + instance,
          "its 1c says that everything below " + oneC.low() + " is chosen already");
    }
  }
}
