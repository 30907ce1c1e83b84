package io.synod.testkit.oracle;

import io.synod.api.model.Era;
import io.synod.api.model.Value;
import io.synod.testkit.oracle.EraLedger.Chosen;

/**
 * ★ A leader acts on a new era only if a ballot below has chosen it: for a hand-over to
 * (n, p, k+1), a ballot up to (n, p, k); for a new leader, one below its own. Who learns of the
 * era from a ballot above is deposed.
 */
public final class KnownFromBelow extends Oracle implements ProposalWatcher {
  private final EraLedger eras;

  /** Reports to {@code findings} what {@code eras} show. */
  KnownFromBelow(Findings findings, EraLedger eras) {
    super(findings);
    this.eras = eras;
    eras.ballots().watch(this);
  }

  @Override
  public void safe(BallotView view) {
    Era era = view.oneC().era();
    Chosen chosen = era.equals(Era.ZERO) ? null : eras.made(era);
    if (chosen == null) {
      return; // era 0, or a matter of EraChosenWithPrefix
    }
    if (!chosen.inLog()) {
      judge(view, chosen);
      return;
    }
    Value any = eras.ballots().chosen(chosen.instance());
    Value below = eras.ballots().chosenBelow(view.ballot(), chosen.instance());
    if (any != null && below == null) {
      violated(
          "no ballot below " + view.ballot() + " has chosen the Reconfigure at instance "
              + chosen.instance(),
          "the 1c of ballot " + view.ballot() + " uses era " + era);
    }
  }

  private void judge(BallotView view, Chosen chosen) {
    if (view.ballot().before(chosen.madeIn())) {
      violated(
          chosen.where() + " made era " + chosen.made().era(),
          "the 1c of ballot " + view.ballot() + " uses it");
    }
  }
}
