package io.synod.testkit.oracle;

import io.synod.api.model.Ballot;
import io.synod.api.model.NodeId;
import io.synod.api.register.ReadOutcome;
import java.util.HashMap;
import java.util.Map;

/**
 * Read-write-commit: if read(k) or write(k, ·) commits, no later operation with k' &lt; k commits,
 * and no later read(k) either. "Later" is what was invoked after the commit; for writes this is
 * told instance by instance, since one ballot writes many of them.
 */
public final class ReadWriteCommit extends Oracle {
  private final RegisterLedger ledger;
  private final Map<NodeId, Under> reads = new HashMap<>();
  private final Map<NodeId, Under> writes = new HashMap<>();

  /** Reports to {@code findings}; must see an event before {@code ledger} does. */
  ReadWriteCommit(Findings findings, RegisterLedger ledger) {
    super(findings);
    this.ledger = ledger;
  }

  @Override
  public void layer(Life life, LayerEvent event) {
    if (event instanceof LayerEvent.ReadInvoked read) {
      reads.put(life.node(), new Under(read.ballot(), ledger.committed(), 0));
    } else if (event instanceof LayerEvent.WriteInvoked write) {
      invoked(life, write);
    } else if (event instanceof LayerEvent.WriteCommitted done) {
      judge(life, done);
    } else if (event instanceof LayerEvent.ReadReturned read && !read.showsLaterEra()
        && read.outcome() instanceof ReadOutcome.Committed done) {
      judge(life, done.ballot());
    }
  }

  /** Notes the first write of a ballot that was invoked after a higher one had committed. */
  private void invoked(Life life, LayerEvent.WriteInvoked write) {
    if (!write.ballot().before(ledger.committed())) {
      return;
    }
    Under known = writes.get(life.node());
    if (known == null || !known.ballot.equals(write.ballot())) {
      writes.put(
          life.node(), new Under(write.ballot(), ledger.committed(), write.first().number()));
    }
  }

  private void judge(Life life, LayerEvent.WriteCommitted done) {
    Under under = writes.get(life.node());
    if (under != null && under.ballot.equals(done.ballot())
        && done.upTo().number() >= under.first) {
      violated(
          "an operation in ballot " + under.committed + " had committed before " + life
              + " invoked write(" + done.ballot() + ") at instance " + under.first,
          "that write committed");
    }
  }

  private void judge(Life life, Ballot ballot) {
    Under under = reads.get(life.node());
    if (under != null && under.ballot.equals(ballot) && !under.committed.before(ballot)) {
      violated(
          "an operation in ballot " + under.committed + " had committed before " + life
              + " invoked read(" + ballot + ")",
          "that read committed");
    }
  }

  /** An operation, and the highest ballot that had committed when it was invoked. */
  private record Under(Ballot ballot, Ballot committed, long first) {}
}
