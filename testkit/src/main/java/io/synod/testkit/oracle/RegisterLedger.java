package io.synod.testkit.oracle;

import io.synod.api.model.Ballot;
import io.synod.api.model.InstanceId;
import io.synod.api.model.Value;
import io.synod.api.register.ReadOutcome;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Which operations were called on the registers and which of them have committed: ghost state
 * that the register's properties share. It reports nothing by itself. One register holds all
 * instances at once: a run of adopt and write is a write(k, ·) of each instance in it.
 */
final class RegisterLedger implements Observer {
  private static final int BALLOTS = 1024;
  private static final int VALUES = 1 << 14;

  private final TreeMap<Ballot, Written> written = new TreeMap<>();
  private Ballot forgotten = Ballot.BOTTOM;
  private Ballot invoked = Ballot.BOTTOM;
  private Ballot committed = Ballot.BOTTOM;
  private Ballot committedWrite = Ballot.BOTTOM;

  /** The highest ballot in which anything was called. */
  Ballot invoked() {
    return invoked;
  }

  /** The highest ballot in which anything has committed. */
  Ballot committed() {
    return committed;
  }

  /** The highest ballot in which a write has committed. */
  Ballot committedWrite() {
    return committedWrite;
  }

  /** Whether writes of that ballot may have been forgotten. */
  boolean forgot(Ballot ballot) {
    return !forgotten.before(ballot);
  }

  /** What was written in that ballot, or null. */
  Written written(Ballot ballot) {
    return written.get(ballot);
  }

  /** What was written in ballots below, the highest first. */
  NavigableMap<Ballot, Written> below(Ballot ballot) {
    return written.headMap(ballot, false).descendingMap();
  }

  @Override
  public void layer(Life life, LayerEvent event) {
    if (event instanceof LayerEvent.WriteInvoked write) {
      invoked = Ballot.max(invoked, write.ballot());
      Written here = written.computeIfAbsent(write.ballot(), ballot -> new Written());
      here.add(write.first().number(), write.values());
      if (written.size() > BALLOTS) {
        forgotten = written.pollFirstEntry().getKey();
      }
    } else if (event instanceof LayerEvent.WriteCommitted done) {
      committed = Ballot.max(committed, done.ballot());
      committedWrite = Ballot.max(committedWrite, done.ballot());
      Written here = written.get(done.ballot());
      if (here != null) {
        here.committed = Math.max(here.committed, done.upTo().number());
      }
    } else if (event instanceof LayerEvent.ReadInvoked read) {
      invoked = Ballot.max(invoked, read.ballot());
    } else if (event instanceof LayerEvent.ReadReturned read
        && read.outcome() instanceof ReadOutcome.Committed done) {
      committed = Ballot.max(committed, done.ballot());
    }
  }

  /** The writes of one ballot. */
  static final class Written {
    private final Recent<Value> values = new Recent<>(VALUES);
    private long first = Long.MAX_VALUE;
    private long last;
    private long committed;

    private void add(long from, List<Value> run) {
      for (int i = 0; i < run.size(); i++) {
        values.put(from + i, run.get(i));
      }
      first = Math.min(first, from);
      last = Math.max(last, from + run.size() - 1);
    }

    long first() {
      return first;
    }

    long last() {
      return last;
    }

    /** All instances from the first one to here have committed. */
    long committed() {
      return committed;
    }

    /** The value written there; null if there is none or it is too old. */
    Value value(InstanceId instance) {
      return values.get(instance.number());
    }

    /** Whether a write there may have been forgotten. */
    boolean forgot(InstanceId instance) {
      return instance.number() <= last - VALUES;
    }
  }
}
