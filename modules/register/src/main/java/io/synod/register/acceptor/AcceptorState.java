package io.synod.register.acceptor;

import io.synod.api.model.Ballot;
import io.synod.api.model.Era;
import io.synod.api.model.InstanceId;
import io.synod.api.model.Invariant;
import io.synod.api.model.OneC;
import io.synod.api.model.Value;
import io.synod.api.model.Vote;
import io.synod.api.storage.DurableRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What an acceptor remembers, and how each durable record changes it. The same methods serve the
 * running acceptor and the replay, so that what is recovered is what was there.
 */
final class AcceptorState {
  private final TreeMap<Long, Vote> votes = new TreeMap<>();
  private Ballot promised = Ballot.BOTTOM;
  private Optional<OneC> oneC = Optional.empty();
  private InstanceId kept = InstanceId.FIRST;
  private InstanceId floor = InstanceId.FIRST;
  private InstanceId contiguous = InstanceId.NONE;
  private InstanceId marked = InstanceId.NONE;
  private Era adopted = Era.ZERO;

  Ballot promised() {
    return promised;
  }

  InstanceId kept() {
    return kept;
  }

  InstanceId floor() {
    return floor;
  }

  Era adopted() {
    return adopted;
  }

  /** All instances from the 1c's low to here have a vote in its ballot, or are decided. */
  InstanceId contiguous() {
    return contiguous;
  }

  int voteCount() {
    return votes.size();
  }

  /** The 1c stored last, without its window. */
  Optional<OneC> oneC() {
    return oneC;
  }

  boolean stored(Ballot ballot) {
    return oneC.isPresent() && oneC.get().ballot().equals(ballot);
  }

  Vote vote(InstanceId instance) {
    return votes.get(instance.number());
  }

  List<Vote> votesFrom(InstanceId from) {
    return new ArrayList<>(votes.tailMap(from.number(), true).values());
  }

  void apply(DurableRecord record) {
    if (record instanceof DurableRecord.Promised p) {
      promise(p.ballot());
    } else if (record instanceof DurableRecord.Voted v) {
      voteRun(v.ballot(), v.first(), v.values());
    } else if (record instanceof DurableRecord.StoredOneC s) {
      store(s.oneC());
    } else if (record instanceof DurableRecord.DecidedUpTo d) {
      mark(d.upTo());
    } else if (record instanceof DurableRecord.Checkpoint c) {
      restore(c);
    }
  }

  /** All instances ≤ upTo are recorded as decided. */
  void mark(InstanceId upTo) {
    marked = InstanceId.max(marked, upTo);
  }

  /** What is decided and held, but not recorded as decided. */
  boolean unmarked() {
    return marked.before(kept.plus(-1));
  }

  void promise(Ballot ballot) {
    Invariant.check(
        ballot.compareTo(promised) >= 0, "promise would fall to %s from %s", ballot, promised);
    promised = ballot;
  }

  void store(OneC fact) {
    promise(fact.ballot());
    Invariant.check(
        fact.era().compareTo(adopted) >= 0, "era of 1c %s is below adopted %s", fact, adopted);
    adopted = fact.era();
    floor = InstanceId.max(floor, fact.low());
    oneC = Optional.of(
        new OneC(fact.ballot(), fact.era(), fact.configuration(), fact.low(), List.of()));
    contiguous = InstanceId.max(fact.low(), kept).plus(-1);
    InstanceId instance = fact.low();
    for (Value value : fact.window()) {
      if (!instance.before(kept)) {
        vote(fact.ballot(), instance, value);
      }
      instance = instance.next();
    }
    extend();
  }

  void voteRun(Ballot ballot, InstanceId first, List<Value> values) {
    promise(ballot);
    InstanceId instance = first;
    for (Value value : values) {
      vote(ballot, instance, value);
      instance = instance.next();
    }
    extend();
  }

  private void vote(Ballot ballot, InstanceId instance, Value value) {
    Vote before = votes.put(instance.number(), new Vote(instance, ballot, value));
    if (before != null) {
      Invariant.check(
          before.ballot().compareTo(ballot) <= 0, "vote in %s after %s", ballot, before);
      Invariant.check(
          !before.ballot().equals(ballot) || before.value().equals(value),
          "second value %s in the ballot of %s", value, before);
    }
  }

  /** All ≤ upTo are decided and held elsewhere on this node: their votes may go. */
  void held(InstanceId upTo) {
    if (upTo.before(kept)) {
      return;
    }
    votes.headMap(upTo.number(), true).clear();
    kept = upTo.next();
    floor = InstanceId.max(floor, kept);
    if (oneC.isPresent() && contiguous.before(upTo)) {
      contiguous = upTo;
      extend();
    }
  }

  /** Votes below {@code low} are no longer wanted: what was chosen there is held elsewhere. */
  void forget(InstanceId low) {
    votes.headMap(low.number(), false).clear();
  }

  private void extend() {
    if (oneC.isEmpty()) {
      return;
    }
    Ballot ballot = oneC.get().ballot();
    Vote next = votes.get(contiguous.number() + 1);
    while (next != null && next.ballot().equals(ballot)) {
      contiguous = contiguous.next();
      next = votes.get(contiguous.number() + 1);
    }
  }

  private void restore(DurableRecord.Checkpoint c) {
    promised = c.promised();
    oneC = c.oneC();
    kept = c.kept();
    floor = c.floor();
    adopted = c.adopted();
    marked = c.decided();
    votes.clear();
    c.votes().forEach(v -> votes.put(v.instance().number(), v));
    contiguous = oneC.map(x -> InstanceId.max(x.low(), kept).plus(-1)).orElse(InstanceId.NONE);
    extend();
  }
}
