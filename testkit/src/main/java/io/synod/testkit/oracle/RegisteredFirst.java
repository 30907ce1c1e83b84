package io.synod.testkit.oracle;

import io.synod.api.message.Message;
import io.synod.api.message.RegisterMessage.Prepare;
import io.synod.api.model.Ballot;
import io.synod.api.model.Era;
import io.synod.api.model.NodeId;
import io.synod.reconfig.master.MasterState;

/**
 * Vertical Paxos: a new leader registers its ballot at the master before phase 1, and nobody makes
 * an era in a ballot below one that was registered. So a leader knows of all eras in which lower
 * ballots vote. Inert where there is no master.
 */
public final class RegisteredFirst extends Oracle {
  private final EraLedger eras;
  private Ballot highest = Ballot.BOTTOM;
  private Era made = Era.ZERO;

  /** Reports to {@code findings} what {@code eras} show. */
  RegisteredFirst(Findings findings, EraLedger eras) {
    super(findings);
    this.eras = eras;
  }

  @Override
  public void master(MasterState state) {
    Era now = state.eras().made();
    if (made.compareTo(now) < 0 && state.highest().before(highest)) {
      violated(
          "ballot " + highest + " was registered",
          "era " + now + " was then made in ballot " + state.highest());
    }
    made = Era.max(made, now);
    highest = Ballot.max(highest, state.highest());
  }

  @Override
  public void sent(Life from, NodeId to, Message message) {
    if (message instanceof Prepare prepare && prepare.ballot().k() == 0
        && !eras.registered().isEmpty() && eras.registered().first().before(prepare.ballot())
        && !eras.registered().contains(prepare.ballot())) {
      violated(
          from + " begins phase 1 in ballot " + prepare.ballot(),
          "the master has never heard of that ballot; the highest that it knows is " + highest);
    }
  }
}
