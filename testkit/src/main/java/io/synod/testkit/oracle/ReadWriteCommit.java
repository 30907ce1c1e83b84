package io.synod.testkit.oracle;

import io.synod.api.model.Ballot;
import io.synod.api.model.NodeId;
import io.synod.api.model.QuorumSystem;
import io.synod.api.register.ReadOutcome;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Read-write-commit: if read(k) or write(k, ·) commits, no later operation with k' &lt; k commits,
 * and no later read(k) either. "Later" is what was invoked after the commit; for writes this is
 * told instance by instance, since one ballot writes many of them.
 *
 * <p>That two reads keep their order takes read quorums that meet each other. Where they only meet
 * those that write (read one, write all), a read is judged by writes alone.
 */
public final class ReadWriteCommit extends Oracle {
  private final RegisterLedger ledger;
  private final boolean readsMeet;
  private final Map<NodeId, Under> reads = new HashMap<>();
  private final Map<NodeId, Under> writes = new HashMap<>();

  /** Reports to {@code findings}; must see an event before {@code ledger} does. */
  ReadWriteCommit(Findings findings, RegisterLedger ledger, boolean readsMeet) {
    super(findings);
    this.ledger = ledger;
    this.readsMeet = readsMeet;
  }

  /** Whether any two read quorums have a member in common. */
  static boolean readsMeet(QuorumSystem quorums) {
    List<NodeId> acceptors = quorums.acceptors();
    for (int set = 0; set < 1 << acceptors.size(); set++) {
      TreeSet<NodeId> some = new TreeSet<>();
      TreeSet<NodeId> others = new TreeSet<>();
      for (int i = 0; i < acceptors.size(); i++) {
        (((set >> i) & 1) == 1 ? some : others).add(acceptors.get(i));
      }
      if (quorums.isReadQuorum(some) && quorums.isReadQuorum(others)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void layer(Life life, LayerEvent event) {
    if (event instanceof LayerEvent.ReadInvoked read) {
      Ballot before = readsMeet ? ledger.committed() : ledger.committedWrite();
      reads.put(life.node(), new Under(read.ballot(), before, 0));
    } else if (event instanceof LayerEvent.WriteInvoked write) {
      invoked(life, write);
    } else if (event instanceof LayerEvent.WriteCommitted done) {
      judge(life, done);
    } else if (event instanceof LayerEvent.ReadReturned read
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
