package io.synod.testkit.oracle;

import io.synod.api.model.Era;
import io.synod.testkit.oracle.EraLedger.Chosen;

/**
 * An era exists once the first Reconfigure for it is chosen and everything before it is: no 1c
 * uses an era earlier, or another configuration than the one of that command. Where a master
 * keeps configurations, an era exists once it has made it.
 */
public final class EraChosenWithPrefix extends Oracle implements ProposalWatcher {
  private final EraLedger eras;

  /** Reports to {@code findings} what {@code eras} show. */
  EraChosenWithPrefix(Findings findings, EraLedger eras) {
    super(findings);
    this.eras = eras;
    eras.ballots().watch(this);
  }

  @Override
  public void safe(BallotView view) {
    Era era = view.oneC().era();
    if (era.equals(Era.ZERO)) {
      return;
    }
    String uses = "the 1c of ballot " + view.ballot() + " uses era " + era;
    Chosen chosen = eras.made(era);
    if (chosen == null) {
      violated(
          uses, "no Reconfigure that makes it is chosen with all before it, nor has a master made"
              + " it; chosen is everything"
              + " up to " + eras.ballots().chosenUpTo());
    } else if (!chosen.made().configuration().equals(view.oneC().configuration())) {
      violated(
          uses + " with " + view.oneC().configuration(),
          chosen.where() + " made it with " + chosen.made().configuration());
    }
  }
}
