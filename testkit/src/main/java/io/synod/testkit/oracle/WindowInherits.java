package io.synod.testkit.oracle;

import io.synod.api.model.Value;

/**
 * ★ A hand-over reads nobody, so that the 1c of (n, p, k+1) inherits from (n, p, k): every safe
 * value of that 1c and everything that was proposed there, unless it is below {@code low}, that
 * is, known to be chosen.
 */
public final class WindowInherits extends Oracle implements ProposalWatcher {
  private final EraLedger eras;

  /** Reports to {@code findings} what {@code eras} show. */
  WindowInherits(Findings findings, EraLedger eras) {
    super(findings);
    this.eras = eras;
    eras.ballots().watch(this);
  }

  @Override
  public void safe(BallotView view) {
    BallotView before = eras.handedOver(view);
    if (before == null) {
      return;
    }
    for (long i = view.low(); i <= before.lastProposed(); i++) {
      Value inherited = before.value(i);
      if (inherited != null && !inherited.equals(view.safe(i))) {
        violated(
            "ballot " + before.ballot() + " took " + inherited + " for safe at instance " + i,
            "the 1c of its successor " + view.ballot() + " has " + view.safe(i) + " there");
        return;
      }
    }
  }
}
