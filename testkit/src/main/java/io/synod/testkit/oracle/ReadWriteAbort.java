package io.synod.testkit.oracle;

import io.synod.api.model.Ballot;
import io.synod.api.register.ReadOutcome;

/**
 * Read-write-abort: if read(k) or write(k, ·) aborts, some operation with k' ≥ k was invoked.
 * Ballots belong to one process and are used once, so that it is k' &gt; k; the abort names k', and
 * nobody can know a ballot in which nothing was invoked.
 */
public final class ReadWriteAbort extends Oracle {
  private final RegisterLedger ledger;

  /** Reports to {@code findings}; must see an event before {@code ledger} does. */
  ReadWriteAbort(Findings findings, RegisterLedger ledger) {
    super(findings);
    this.ledger = ledger;
  }

  @Override
  public void layer(Life life, LayerEvent event) {
    if (event instanceof LayerEvent.WriteAborted aborted) {
      judge(life, "write", aborted.ballot(), aborted.higher());
    } else if (event instanceof LayerEvent.ReadReturned read
        && read.outcome() instanceof ReadOutcome.Aborted aborted) {
      judge(life, "read", aborted.ballot(), aborted.higher());
    }
  }

  private void judge(Life life, String operation, Ballot ballot, Ballot higher) {
    if (!ballot.before(higher)) {
      violated(
          operation + " of " + life + " in ballot " + ballot + " aborted",
          "the ballot named as the reason is " + higher + ", which is not higher");
    } else if (ledger.invoked().before(higher)) {
      violated(
          operation + " of " + life + " in ballot " + ballot + " aborted because of " + higher,
          "nothing was invoked above ballot " + ledger.invoked());
    }
  }
}
