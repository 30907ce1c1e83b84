package io.synod.testkit.oracle;

import io.synod.api.message.Message;
import io.synod.api.message.RegisterMessage;
import io.synod.api.model.Ballot;
import io.synod.api.model.NodeId;
import io.synod.api.model.Vote;
import io.synod.api.storage.DurableRecord;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A stable acceptor answers only for what is on its disk: a 1b leaves after its promise is
 * forced, the acknowledgement of a 1c after the 1c is, a 2b after its votes are (or after the
 * instances are chosen without them).
 */
public final class DurableBeforeAnswer extends Oracle {
  private static final int ONE_CS = 128;

  private final BallotLedger ledger;
  private final Map<NodeId, Disk> disks = new TreeMap<>();

  /** Reports to {@code findings}; must see a message before {@code ledger} does. */
  public DurableBeforeAnswer(Findings findings, BallotLedger ledger) {
    super(findings);
    this.ledger = ledger;
  }

  @Override
  public void started(Life life) {
    disks.put(life.node(), new Disk());
  }

  @Override
  public void recovered(Life life, DurableRecord record) {
    disks.get(life.node()).add(record);
  }

  @Override
  public void forced(Life life, DurableRecord record) {
    disks.get(life.node()).add(record);
  }

  @Override
  public void sent(Life from, NodeId to, Message message) {
    if (!from.stable()) {
      return;
    }
    if (message instanceof RegisterMessage.Accepted accepted) {
      judge(from, accepted);
    } else if (message instanceof RegisterMessage.Promise promise) {
      judgePromise(from, promise.ballot());
    } else if (message instanceof RegisterMessage.Stored stored) {
      judgeStored(from, stored.ballot());
    }
  }

  private void judge(Life from, RegisterMessage.Accepted accepted) {
    Disk disk = disks.get(from.node());
    long held = disk.ballot.equals(accepted.ballot()) ? disk.votedUpTo : disk.previousUpTo;
    long claimed = accepted.upTo().number();
    if (disk.ballot.before(accepted.ballot())
        || claimed > Math.max(Math.max(held, disk.decided), ledger.chosenUpTo())) {
      violated(
          from + " sent a 2b of ballot " + accepted.ballot() + " up to " + claimed,
          "its disk holds votes up to " + held + " of ballot " + disk.ballot + " and decisions up"
              + " to " + disk.decided + "; chosen is everything up to " + ledger.chosenUpTo());
    }
  }

  private void judgePromise(Life from, Ballot ballot) {
    Disk disk = disks.get(from.node());
    if (disk.ballot.before(ballot)) {
      violated(
          from + " answered in ballot " + ballot, "its disk holds no more than " + disk.ballot);
    }
  }

  private void judgeStored(Life from, Ballot ballot) {
    Disk disk = disks.get(from.node());
    if (!disk.holdsOneC(ballot)) {
      violated(
          from + " said that it stored the 1c of ballot " + ballot,
          "the last 1c's on its disk are those of " + disk.oneCs);
    }
  }

  /** What the forced records amount to. */
  private static final class Disk {
    private Ballot ballot = Ballot.BOTTOM;
    private final NavigableSet<Ballot> oneCs = new TreeSet<>();
    private long votedUpTo;
    private long previousUpTo;
    private long decided;

    void add(DurableRecord record) {
      Ballot named = AcceptorLedger.ballot(record);
      if (named != null && ballot.before(named)) {
        previousUpTo = Math.max(previousUpTo, votedUpTo);
        votedUpTo = 0;
        ballot = named;
      }
      if (record instanceof DurableRecord.Voted voted) {
        votedUpTo = Math.max(votedUpTo, voted.first().number() + voted.values().size() - 1);
      } else if (record instanceof DurableRecord.StoredOneC stored) {
        addOneC(stored.oneC().ballot());
        votedUpTo = Math.max(votedUpTo, stored.oneC().windowEnd().number());
      } else if (record instanceof DurableRecord.DecidedUpTo known) {
        decided = Math.max(decided, known.upTo().number());
      } else if (record instanceof DurableRecord.Checkpoint checkpoint) {
        add(checkpoint);
      }
    }

    private void addOneC(Ballot stored) {
      oneCs.add(stored);
      if (oneCs.size() > ONE_CS) {
        oneCs.pollFirst();
      }
    }

    /** Or so old that it is no longer known. */
    boolean holdsOneC(Ballot stored) {
      return !oneCs.isEmpty() && (oneCs.contains(stored) || stored.before(oneCs.first()));
    }

    private void add(DurableRecord.Checkpoint checkpoint) {
      decided = Math.max(decided, checkpoint.decided().number());
      checkpoint.oneC().ifPresent(fact -> addOneC(fact.ballot()));
      for (Vote vote : checkpoint.votes()) {
        if (vote.ballot().equals(ballot)) {
          votedUpTo = Math.max(votedUpTo, vote.instance().number());
        }
      }
    }
  }
}
