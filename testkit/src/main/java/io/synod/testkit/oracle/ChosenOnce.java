package io.synod.testkit.oracle;

import io.synod.api.model.Ballot;
import io.synod.api.model.Value;

/** At most one value is ever chosen at an instance, whatever the ballots. */
public final class ChosenOnce extends Oracle implements ProposalWatcher {
  private final BallotLedger ledger;

  /** Reports to {@code findings} what {@code ledger} shows. */
  public ChosenOnce(Findings findings, BallotLedger ledger) {
    super(findings);
    this.ledger = ledger;
    ledger.watch(this);
  }

  @Override
  public void chosen(Ballot ballot, long instance, Value value) {
    Value known = ledger.chosen(instance);
    if (known != null && value != null && !known.equals(value)) {
      violated(
          known + " was chosen at instance " + instance,
          value + " was then chosen there in ballot " + ballot);
    }
  }
}
