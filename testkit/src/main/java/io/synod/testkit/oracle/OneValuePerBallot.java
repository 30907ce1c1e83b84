package io.synod.testkit.oracle;

import io.synod.api.model.OneC;
import io.synod.api.model.Value;

/**
 * One value per ballot and instance: a 2a is sent for one value only, and a ballot has one 1c.
 * (A 2a that contradicts its 1c's window is a matter of {@link P2aInv}.)
 */
public final class OneValuePerBallot extends Oracle implements ProposalWatcher {
  /** Reports to {@code findings} what {@code ledger} shows. */
  public OneValuePerBallot(Findings findings, BallotLedger ledger) {
    super(findings);
    ledger.watch(this);
  }

  @Override
  public void twoValues(BallotView view, long instance, Value first, Value second) {
    if (!view.inWindow(instance)) {
      violated(
          "ballot " + view.ballot() + " proposed " + first + " at instance " + instance,
          "it also proposed " + second + " there");
    }
  }

  @Override
  public void twoOneCs(BallotView view, OneC second) {
    violated("the 1c of ballot " + view.ballot() + " is " + view.oneC(), "it is also " + second);
  }
}
