package io.synod.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.synod.api.model.Ballot;
import io.synod.api.model.Value;
import io.synod.api.model.Vote;
import io.synod.api.register.ReadOutcome;
import io.synod.testkit.contract.RegisterNode.Told;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/**
 * A random history of read(k) and write(k, v) by rivals, on the first instance: each reads, and
 * writes what it has read or, where that was nothing, a value of its own (figure 6).
 */
final class RegisterRun {
  private static final int STEPS = 400;

  private final LayerWorld<RegisterNode> world;
  private final boolean restarts;
  private final Random dice;
  private final TreeMap<Ballot, Operation> reads = new TreeMap<>();
  private final TreeMap<Ballot, Operation> writes = new TreeMap<>();
  private final int[] readsSeen;
  private final int[] toldSeen;
  private int step;
  private int values;

  /** One operation; steps are -1 while something has not happened. */
  static final class Operation {
    final Ballot ballot;
    final int invoked;
    int committed = -1;
    /** Read or written; null is ⊥. */
    Value value;
    /** The ballot in which the value read was written. */
    Ballot of = Ballot.BOTTOM;
    Ballot higher;

    Operation(Ballot ballot, int invoked) {
      this.ballot = ballot;
      this.invoked = invoked;
    }

    boolean hasCommitted() {
      return committed >= 0;
    }

    @Override
    public String toString() {
      return ballot + " invoked at " + invoked + ", committed at " + committed + ", " + value
          + " of " + of + ", refused for " + higher;
    }
  }

  RegisterRun(LayerWorld<RegisterNode> world, boolean restarts, long seed) {
    this.world = world;
    this.restarts = restarts;
    this.dice = new Random(seed);
    this.readsSeen = new int[world.all().size()];
    this.toldSeen = new int[world.all().size()];
    while (step < STEPS) {
      step++;
      step();
      look();
    }
  }

  private void step() {
    RegisterNode node = world.all().get(dice.nextInt(world.all().size()));
    int what = dice.nextInt(100);
    if (what < 4) {
      Ballot ballot = next(node);
      reads.put(ballot, new Operation(ballot, step));
      node.read(ballot);
    } else if (what < 6 && restarts) {
      node.restart();
    } else {
      world.adversary(dice);
    }
  }

  /** Above its own ballots so far, and often below those of others. */
  private Ballot next(RegisterNode node) {
    long own = reads.keySet().stream()
        .filter(ballot -> ballot.proposer().equals(node.id())).mapToLong(Ballot::n).max().orElse(0);
    return node.ballot(Math.max(own, reads.size() / 3 - dice.nextInt(3)) + 1);
  }

  private void look() {
    for (int i = 0; i < readsSeen.length; i++) {
      RegisterNode node = world.all().get(i);
      while (readsSeen[i] < node.reads().size()) {
        onRead(node, node.reads().get(readsSeen[i]++));
      }
      while (toldSeen[i] < node.told().size()) {
        onTold(node.told().get(toldSeen[i]++));
      }
    }
  }

  private void onRead(RegisterNode node, ReadOutcome outcome) {
    if (outcome instanceof ReadOutcome.Aborted aborted) {
      reads.get(aborted.ballot()).higher = aborted.higher();
    } else if (outcome instanceof ReadOutcome.Committed committed) {
      Operation read = reads.get(committed.ballot());
      assertThat(read.hasCommitted()).as("%s ends twice", read).isFalse();
      read.committed = step;
      Optional<Vote> vote = committed.votes().stream().findFirst();
      read.value = vote.map(Vote::value).orElse(null);
      read.of = vote.map(Vote::ballot).orElse(Ballot.BOTTOM);
      write(node, read);
    }
  }

  private void write(RegisterNode node, Operation read) {
    Operation write = new Operation(read.ballot, step);
    write.value = read.value == null ? RegisterContract.value(++values) : read.value;
    writes.put(write.ballot, write);
    if (read.value == null) {
      node.adopt(write.ballot);
      node.write(1, write.value);
    } else {
      node.adopt(write.ballot, write.value);
    }
  }

  private void onTold(Told told) {
    if (told instanceof Told.Committed committed) {
      writes.get(committed.ballot()).committed = step;
    } else if (told instanceof Told.Aborted aborted) {
      writes.get(aborted.ballot()).higher = aborted.higher();
    }
  }

  /** If an operation aborts, some operation of a higher ballot was invoked. */
  int readWriteAbort() {
    List<Operation> refused = all().stream().filter(each -> each.higher != null).toList();
    assertThat(refused).allSatisfy(each -> {
      assertThat(each.higher).isGreaterThan(each.ballot);
      assertThat(reads).containsKey(each.higher);
    });
    return refused.size();
  }

  /** If an operation commits, none of a lower ballot that is invoked later commits. */
  int readWriteCommit() {
    int compared = 0;
    for (Operation first : all()) {
      for (Operation later : all()) {
        if (first.hasCommitted() && later.invoked > first.committed
            && later.ballot.before(first.ballot)) {
          assertThat(later.hasCommitted()).as("%s after %s", later, first).isFalse();
          compared++;
        }
      }
    }
    return compared;
  }

  /** What a read returns was written in a lower ballot. */
  int readCommit() {
    int found = 0;
    for (Operation read : reads.values()) {
      if (read.value != null) {
        assertThat(read.of).as("%s", read).isLessThan(read.ballot);
        assertThat(writes).as("%s", read).containsKey(read.of);
        assertThat(writes.get(read.of).value).as("%s", read).isEqualTo(read.value);
        found++;
      }
    }
    return found;
  }

  /** Once a write has committed, each read of a higher ballot returns it, or a later write. */
  int writeCommit() {
    int compared = 0;
    for (Operation write : writes.values()) {
      for (Operation read : reads.tailMap(write.ballot, false).values()) {
        if (write.hasCommitted() && read.hasCommitted()) {
          assertThat(read.of).as("%s after %s", read, write).isGreaterThanOrEqualTo(write.ballot);
          assertThat(read.value).as("%s after %s", read, write).isEqualTo(write.value);
          compared++;
        }
      }
    }
    return compared;
  }

  private List<Operation> all() {
    List<Operation> all = new ArrayList<>(reads.values());
    all.addAll(writes.values());
    return all;
  }
}
