package io.synod.testkit.oracle;

import io.synod.api.model.Ballot;
import io.synod.api.model.InstanceId;
import io.synod.api.model.Value;
import io.synod.api.model.Vote;
import io.synod.api.register.ReadOutcome;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Write-commit: if write(k, v) commits at an instance and no write(k', ·) with k' &gt; k is invoked
 * there, every read(k'') that commits with k'' &gt; k returns v. Judged when the read returns, on
 * the instances that it was asked for and that acceptors have not given up as decided ({@code
 * kept}), against the highest ballot below k'' that wrote there.
 */
public final class WriteCommit extends Oracle {
  /** How many earlier ballots are looked at; more do not overlap in practice. */
  private static final int BALLOTS = 16;

  private final RegisterLedger ledger;

  /** Reports to {@code findings} what {@code ledger} shows. */
  WriteCommit(Findings findings, RegisterLedger ledger) {
    super(findings);
    this.ledger = ledger;
  }

  @Override
  public void layer(Life life, LayerEvent event) {
    if (event instanceof LayerEvent.ReadReturned read
        && read.outcome() instanceof ReadOutcome.Committed done) {
      judge(life, InstanceId.max(read.first(), done.kept()).number(), done);
    }
  }

  private void judge(Life life, long from, ReadOutcome.Committed read) {
    Map<Long, Value> returned = new HashMap<>();
    for (Vote vote : read.votes()) {
      returned.put(vote.instance().number(), vote.value());
    }
    Set<Long> overwritten = new HashSet<>();
    int looked = 0;
    for (Map.Entry<Ballot, RegisterLedger.Written> each
        : ledger.below(read.ballot()).entrySet()) {
      RegisterLedger.Written writes = each.getValue();
      for (long i = Math.max(from, writes.first()); i <= writes.last(); i++) {
        Value value = writes.value(InstanceId.of(i));
        if (overwritten.add(i) && i <= writes.committed() && value != null
            && !value.equals(returned.get(i))) {
          violated(
              "write(" + each.getKey() + ", " + value + ") had committed at instance " + i,
              "read(" + read.ballot() + ") of " + life + " returned " + returned.get(i));
        }
      }
      if (++looked == BALLOTS) {
        return;
      }
    }
  }
}
