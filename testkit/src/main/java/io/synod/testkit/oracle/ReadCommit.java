package io.synod.testkit.oracle;

import io.synod.api.model.Vote;
import io.synod.api.register.ReadOutcome;

/**
 * Read-commit: if read(k) commits with v ≠ ⊥ at an instance, some write(k', v) with k' &lt; k was
 * invoked there. The read returns k' along with v, so that exactly this write is looked for.
 */
public final class ReadCommit extends Oracle {
  private final RegisterLedger ledger;

  /** Reports to {@code findings} what {@code ledger} shows. */
  ReadCommit(Findings findings, RegisterLedger ledger) {
    super(findings);
    this.ledger = ledger;
  }

  @Override
  public void layer(Life life, LayerEvent event) {
    if (event instanceof LayerEvent.ReadReturned read
        && read.outcome() instanceof ReadOutcome.Committed done) {
      done.votes().forEach(vote -> judge(life, done, vote));
    }
  }

  private void judge(Life life, ReadOutcome.Committed read, Vote vote) {
    String returned = "read(" + read.ballot() + ") of " + life + " returned " + vote;
    if (!vote.ballot().before(read.ballot())) {
      violated(returned, "that ballot is not lower");
      return;
    }
    RegisterLedger.Written there = ledger.written(vote.ballot());
    if (there == null ? ledger.forgot(vote.ballot()) : there.forgot(vote.instance())) {
      return;
    }
    var written = there == null ? null : there.value(vote.instance());
    if (!vote.value().equals(written)) {
      violated(
          returned,
          written == null ? "no such write was invoked" : "the value written was " + written);
    }
  }
}
