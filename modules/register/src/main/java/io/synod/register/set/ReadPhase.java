package io.synod.register.set;

import io.synod.api.message.RegisterMessage.Prepare;
import io.synod.api.message.RegisterMessage.Promise;
import io.synod.api.model.Ballot;
import io.synod.api.model.Era;
import io.synod.api.model.InstanceId;
import io.synod.api.model.Invariant;
import io.synod.api.model.NodeId;
import io.synod.api.model.QuorumSystem;
import io.synod.api.model.Vote;
import io.synod.api.register.Acceptor;
import io.synod.api.register.ReadOutcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * read(k): READ to all, wait for a read quorum of ackREAD (figures 5 and 11; phase 1 of PCon).
 * The own acceptor is asked first when the ballot's n is new: once its promise is on disk, no
 * later life of this process can use the same ballot again.
 */
final class ReadPhase {
  private final NodeId self;
  private final Prepare request;
  private final Map<NodeId, Acceptor> acceptors;
  private final QuorumSystem quorums;
  private final Consumer<ReadOutcome> then;
  private final Map<NodeId, Promise> promises = new LinkedHashMap<>();

  ReadPhase(
      NodeId self, Prepare request, Map<NodeId, Acceptor> acceptors, QuorumSystem quorums,
      Consumer<ReadOutcome> then) {
    this.self = self;
    this.request = request;
    this.acceptors = acceptors;
    this.quorums = quorums;
    this.then = then;
  }

  Ballot ballot() {
    return request.ballot();
  }

  /** Asks all who have not answered and may be asked. */
  void ask() {
    boolean ownFirst = request.ballot().k() == 0 && acceptors.containsKey(self)
        && !promises.containsKey(self);
    acceptors.forEach((id, acceptor) -> {
      if (!promises.containsKey(id) && (!ownFirst || id.equals(self))) {
        acceptor.prepare(request);
      }
    });
  }

  /** ackREAD. True when this completed the read; the outcome has been handed over then. */
  boolean onPromise(NodeId from, Promise promise) {
    if (!acceptors.containsKey(from) || promises.putIfAbsent(from, promise) != null) {
      return false;
    }
    if (from.equals(self) && request.ballot().k() == 0) {
      ask();
    }
    return quorums.isReadQuorum(promises.keySet());
  }

  void complete() {
    then.accept(merge());
  }

  void abort(Ballot higher) {
    then.accept(new ReadOutcome.Aborted(ballot(), higher));
  }

  private ReadOutcome.Committed merge() {
    InstanceId kept = InstanceId.FIRST;
    InstanceId floor = InstanceId.FIRST;
    Era active = Era.ZERO;
    Era adopted = Era.ZERO;
    Optional<NodeId> holder = Optional.empty();
    for (Map.Entry<NodeId, Promise> entry : promises.entrySet()) {
      Promise p = entry.getValue();
      if (kept.before(p.kept())) {
        kept = p.kept();
        holder = Optional.of(entry.getKey());
      }
      floor = InstanceId.max(floor, p.floor());
      active = p.active().compareTo(active) > 0 ? p.active() : active;
      adopted = p.adopted().compareTo(adopted) > 0 ? p.adopted() : adopted;
    }
    return new ReadOutcome.Committed(
        ballot(), kept, holder, floor, active, adopted, highestVotes(kept));
  }

  private List<Vote> highestVotes(InstanceId kept) {
    TreeMap<Long, Vote> highest = new TreeMap<>();
    for (Promise p : promises.values()) {
      for (Vote vote : p.votes()) {
        if (!vote.instance().before(kept)) {
          highest.merge(vote.instance().number(), vote, ReadPhase::higher);
        }
      }
    }
    return new ArrayList<>(highest.values());
  }

  private static Vote higher(Vote a, Vote b) {
    int order = a.ballot().compareTo(b.ballot());
    Invariant.check(
        order != 0 || a.value().equals(b.value()), "two values in one ballot: %s and %s", a, b);
    return order >= 0 ? a : b;
  }
}
