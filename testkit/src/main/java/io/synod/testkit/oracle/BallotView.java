package io.synod.testkit.oracle;

import io.synod.api.model.Ballot;
import io.synod.api.model.Member;
import io.synod.api.model.NodeId;
import io.synod.api.model.OneC;
import io.synod.api.model.QuorumSystem;
import io.synod.api.model.Value;
import io.synod.testkit.oracle.Speakers.Speaker;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * One ballot as its 1c, its 2a's and its 2b's show it: what it proposed, what it has chosen and
 * what it can still choose. An acceptor that has answered in a higher ballot votes no more in
 * this one, so that its last 2b is final.
 */
final class BallotView {
  /** No bound: the ballot may yet choose values that it has not even proposed. */
  static final long UNBOUNDED = Long.MAX_VALUE;
  private static final int VALUES = 1 << 16;

  private final OneC oneC;
  private final QuorumSystem quorum;
  private final List<Member> acceptors;
  private final long[] reached;
  private final boolean[] over;
  private final long[] possible;
  private final Set<NodeId> stored = new TreeSet<>();
  private final Recent<Value> values = new Recent<>(VALUES);
  private long forgottenTo;
  private long lastProposed;
  private long chosenUpTo;
  private long choosableUpTo = UNBOUNDED;
  private boolean active;
  private boolean closed;

  BallotView(OneC oneC, QuorumSystem quorum, Speakers speakers) {
    this.oneC = oneC;
    this.quorum = quorum;
    this.acceptors = oneC.configuration().members().stream()
        .filter(member -> member.role().votes()).toList();
    this.reached = new long[acceptors.size()];
    this.over = new boolean[acceptors.size()];
    this.possible = new long[acceptors.size()];
    for (int i = 0; i < over.length; i++) {
      over[i] = speakers.over(acceptors.get(i), oneC.ballot());
    }
    bound();
  }

  OneC oneC() {
    return oneC;
  }

  Ballot ballot() {
    return oneC.ballot();
  }

  long low() {
    return oneC.low().number();
  }

  boolean inWindow(long instance) {
    return instance >= low() && instance <= oneC.windowEnd().number();
  }

  /** The one safe value that the 1c names there; null if every value is safe. */
  Value safe(long instance) {
    return inWindow(instance) ? oneC.window().get((int) (instance - low())) : null;
  }

  /** What it proposed there; null if nothing, or too long ago. */
  Value value(long instance) {
    return values.get(instance);
  }

  /** Whether a proposal there would be so old that it is no longer known. */
  boolean forgot(long instance) {
    return instance <= Math.max(forgottenTo, lastProposed - VALUES);
  }

  long lastProposed() {
    return lastProposed;
  }

  void propose(long instance, Value value) {
    values.put(instance, value);
    lastProposed = Math.max(lastProposed, instance);
  }

  /** Everything from the 1c's low to here is chosen. */
  long chosenUpTo() {
    return chosenUpTo;
  }

  /** Above this instance the ballot can choose nothing any more, whatever happens. */
  long choosableUpTo() {
    return closed ? Math.min(choosableUpTo, lastProposed) : choosableUpTo;
  }

  /** Whether it will choose nothing that it has not chosen. */
  boolean settled() {
    return choosableUpTo() <= Math.max(chosenUpTo, low() - 1);
  }

  /** Its leader has gone on to the next ballot in place and proposes nothing more here. */
  void close() {
    closed = true;
  }

  boolean closed() {
    return closed;
  }

  /** A 2b; true if more is chosen now. */
  boolean voted(Speaker acceptor, long upTo) {
    int index = index(acceptor);
    if (index < 0 || upTo <= reached[index]) {
      return false;
    }
    reached[index] = upTo;
    long before = chosenUpTo;
    chosenUpTo = Math.max(chosenUpTo, quorum.reachedByWriteQuorum(reached));
    return before < chosenUpTo;
  }

  /** The acceptor answered in a higher ballot: it votes no more here. */
  void leaves(Speaker acceptor) {
    int index = index(acceptor);
    if (index >= 0 && !over[index]) {
      over[index] = true;
      bound();
    }
  }

  private void bound() {
    for (int i = 0; i < possible.length; i++) {
      possible[i] = over[i] ? reached[i] : UNBOUNDED;
    }
    choosableUpTo = quorum.reachedByWriteQuorum(possible);
  }

  /** An acceptor stored the 1c; true if this makes the era active. */
  boolean stored(Speaker acceptor) {
    boolean counts = index(acceptor) >= 0 && stored.add(acceptor.node());
    boolean makes = counts && !active && quorum.isWriteQuorum(stored);
    active |= makes;
    return makes;
  }

  /** Whether a write quorum stored the 1c. */
  boolean active() {
    return active;
  }

  /** Nobody will ask for its values again. */
  void forgetValues() {
    forgottenTo = lastProposed;
    values.clear();
  }

  private int index(Speaker acceptor) {
    for (int i = 0; i < acceptors.size(); i++) {
      if (acceptor.countsFor(acceptors.get(i))) {
        return i;
      }
    }
    return -1;
  }
}
