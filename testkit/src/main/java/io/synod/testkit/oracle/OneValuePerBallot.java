package io.synod.testkit.oracle;

import io.synod.api.model.Ballot;
import io.synod.api.model.Value;

/** One value per ballot and instance: a 2a is sent for one value only. */
public final class OneValuePerBallot extends Oracle implements ProposalWatcher {
  /** Reports to {@code findings} what {@code ledger} shows. */
  public OneValuePerBallot(Findings findings, BallotLedger ledger) {
    super(findings);
    ledger.watch(this);
  }

  @Override
  public void twoValues(Ballot ballot, long instance, Value first, Value second) {
    violated(
        "ballot " + ballot + " proposed " + first + " at instance " + instance,
        "it also proposed " + second + " there");
  }
}
