package io.synod.testkit.oracle;

import io.synod.api.message.RegisterMessage.Promise;
import io.synod.api.model.Ballot;
import io.synod.api.model.Era;
import io.synod.api.model.Value;
import io.synod.testkit.oracle.EraLedger.Chosen;
import io.synod.testkit.oracle.Reconfigurations.Made;
import java.util.Map;

/**
 * ★ The chain: as long as the values that a new leader found, or the decided prefix, hold the
 * Reconfigure that makes the next era, that era may exist and may have voted. So a read quorum of
 * every era above the highest one known active, up to the last that shows, has answered before
 * the 1c leaves.
 */
public final class ChainRead extends Oracle implements ProposalWatcher {
  private final EraLedger eras;

  /** Reports to {@code findings} what {@code eras} show. */
  ChainRead(Findings findings, EraLedger eras) {
    super(findings);
    this.eras = eras;
    eras.ballots().watch(this);
  }

  @Override
  public void safe(BallotView view) {
    if (eras.handedOver(view) != null) {
      return; // a hand-over reads nobody
    }
    Made next = shown(view, knownActive(view).next());
    while (next != null) {
      if (!eras.readQuorum(view.ballot(), next.configuration(), promise -> true)) {
        violated(
            "the 1c of ballot " + view.ballot() + ", the prefix below " + view.low()
                + " or the master shows what makes era " + next.era(),
            "no read quorum of that era has answered in this ballot");
        return;
      }
      next = shown(view, next.era().next());
    }
  }

  private Era knownActive(BallotView view) {
    Era highest = Era.ZERO;
    for (Promise promise : eras.promises(view.ballot())) {
      highest = promise.active().compareTo(highest) > 0 ? promise.active() : highest;
    }
    return eras.registered().isEmpty() ? highest : Era.max(highest, reallyActive(view));
  }

  /** A leader may have heard of it from the master, or have seen it itself. */
  private Era reallyActive(BallotView view) {
    Era highest = Era.ZERO;
    for (Map.Entry<Era, Ballot> active : eras.active().entrySet()) {
      highest = active.getValue().before(view.ballot())
          ? Era.max(highest, active.getKey()) : highest;
    }
    return highest;
  }

  private Made shown(BallotView view, Era era) {
    Chosen chosen = eras.made(era);
    if (chosen != null && chosen.shows(view)) {
      return chosen.made();
    }
    for (Value value : view.oneC().window()) {
      Made made = eras.madeBy(value).orElse(null);
      if (made != null && made.era().equals(era)) {
        return made;
      }
    }
    return null;
  }
}
