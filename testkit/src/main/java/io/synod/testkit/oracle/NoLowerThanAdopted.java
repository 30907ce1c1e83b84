package io.synod.testkit.oracle;

import io.synod.api.model.Era;
import io.synod.api.model.OneC;

/**
 * ★ A new leader uses no era below the highest one adopted in any 1b that it used. Which 1b's it
 * used cannot be seen; but there must be a read quorum of its era among those that were sent and
 * had adopted no higher one.
 */
public final class NoLowerThanAdopted extends Oracle implements ProposalWatcher {
  private final EraLedger eras;

  /** Reports to {@code findings} what {@code eras} show. */
  NoLowerThanAdopted(Findings findings, EraLedger eras) {
    super(findings);
    this.eras = eras;
    eras.ballots().watch(this);
  }

  @Override
  public void safe(BallotView view) {
    OneC oneC = view.oneC();
    Era era = oneC.era();
    if (eras.handedOver(view) == null
        && eras.readQuorum(oneC.ballot(), oneC.configuration(), promise -> true)
        && !eras.readQuorum(
            oneC.ballot(), oneC.configuration(),
            promise -> promise.adopted().compareTo(era) <= 0)) {
      violated(
          "every read quorum that answered in ballot " + oneC.ballot()
              + " has adopted an era above " + era,
          "its 1c uses era " + era);
    }
  }
}
