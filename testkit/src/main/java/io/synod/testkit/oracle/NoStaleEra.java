package io.synod.testkit.oracle;

import io.synod.api.model.Era;

/** Once an era is active by ballot d, no ballot above d uses a lower era. */
public final class NoStaleEra extends Oracle implements ProposalWatcher {
  private final EraLedger eras;

  /** Reports to {@code findings} what {@code eras} show. */
  NoStaleEra(Findings findings, EraLedger eras) {
    super(findings);
    this.eras = eras;
    eras.ballots().watch(this);
  }

  @Override
  public void safe(BallotView view) {
    eras.active().forEach((era, ballot) -> {
      if (ballot.before(view.ballot()) && view.oneC().era().compareTo(era) < 0) {
        violated(active(era, ballot.toString()), uses(view));
      }
    });
  }

  @Override
  public void active(BallotView view) {
    Era era = view.oneC().era();
    if (era.equals(Era.ZERO)) {
      return;
    }
    for (BallotView higher : eras.ballots().above(view.ballot())) {
      if (higher.oneC().era().compareTo(era) < 0) {
        violated(uses(higher), active(era, view.ballot().toString()));
      }
    }
  }

  private static String active(Era era, String ballot) {
    return "era " + era + " is active by ballot " + ballot;
  }

  private static String uses(BallotView view) {
    return "the 1c of ballot " + view.ballot() + " uses era " + view.oneC().era();
  }
}
