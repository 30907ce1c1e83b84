package io.synod.testkit.oracle;

import io.synod.api.message.Message;
import io.synod.api.message.RegisterMessage.Promise;
import io.synod.api.message.RegisterMessage.Stored;
import io.synod.api.model.NodeId;
import java.util.HashMap;
import java.util.Map;

/**
 * ★ An adopter's floor comes from the 1c: a 1b of an acceptor that has stored a 1c reports a
 * floor not below the 1c's {@code low}; otherwise a later leader would take decided instances for
 * free.
 */
public final class FloorFromOneC extends Oracle {
  private final BallotLedger ledger;
  private final Map<Speakers.Speaker, BallotView> highest = new HashMap<>();

  /** Reports to {@code findings} what {@code ledger} shows. */
  public FloorFromOneC(Findings findings, BallotLedger ledger) {
    super(findings);
    this.ledger = ledger;
  }

  @Override
  public void sent(Life from, NodeId to, Message message) {
    if (message instanceof Stored stored) {
      BallotView view = ledger.view(stored.ballot());
      if (view != null) {
        highest.merge(
            ledger.speakers().of(from.node(), stored.incarnation()), view,
            (a, b) -> a.low() >= b.low() ? a : b);
      }
    } else if (message instanceof Promise promise) {
      judge(from, promise);
    }
  }

  private void judge(Life from, Promise promise) {
    BallotView view = highest.get(ledger.speakers().of(from.node(), promise.incarnation()));
    if (view != null && promise.floor().number() < view.low()) {
      violated(
          from + " stored the 1c of ballot " + view.ballot() + " with low " + view.low(),
          "its 1b of ballot " + promise.ballot() + " reports the floor " + promise.floor());
    }
  }
}
