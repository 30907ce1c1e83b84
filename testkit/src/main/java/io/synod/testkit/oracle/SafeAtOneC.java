package io.synod.testkit.oracle;

import io.synod.api.model.Ballot;
import io.synod.api.model.OneC;
import io.synod.api.model.Value;

/**
 * P1cInv: what a 1c declares safe is safe: everything below its window is chosen, and where a
 * value is chosen in a lower ballot no other one is declared safe or proposed. (A ballot that is
 * over without knowing it may still propose; nobody will choose that.)
 */
public final class SafeAtOneC extends Oracle implements ProposalWatcher {
  private final BallotLedger ledger;

  /** Reports to {@code findings} what {@code ledger} shows. */
  public SafeAtOneC(Findings findings, BallotLedger ledger) {
    super(findings);
    this.ledger = ledger;
    ledger.watch(this);
  }

  @Override
  public void safe(OneC oneC) {
    if (!ledger.isChosen(oneC.low().plus(-1))) {
      violated(
          "the 1c of ballot " + oneC.ballot() + " says that all below " + oneC.low()
              + " is chosen",
          "a write quorum has voted only up to " + ledger.chosenUpTo());
    }
  }

  @Override
  public void proposed(Ballot ballot, long instance, Value value) {
    Value chosen = ledger.chosenBelow(ballot, instance);
    if (chosen != null && chosen != value && !chosen.equals(value)) {
      violated(
          chosen + " was chosen at instance " + instance,
          "ballot " + ballot + " then took " + value + " for safe there");
    }
  }
}
