package io.synod.register.set;

import io.synod.api.message.RegisterMessage.Prepare;
import io.synod.api.message.RegisterMessage.Promise;
import io.synod.api.model.Ballot;
import io.synod.api.model.Configuration;
import io.synod.api.model.Era;
import io.synod.api.model.Incarnation;
import io.synod.api.model.InstanceId;
import io.synod.api.model.NodeId;
import io.synod.api.model.QuorumSystem;
import io.synod.api.model.Role;
import io.synod.api.model.Vote;
import io.synod.api.register.Acceptor;
import io.synod.api.register.ReadOutcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * read(k): READ to all, wait for a read quorum of ackREAD (figures 5 and 11; phase 1 of PCon), of
 * each configuration that may have voted. The own acceptor is asked first when the ballot's n is
 * new: once its promise is on disk, no later life of this process can use the same ballot again.
 */
final class ReadPhase {
  private final NodeId self;
  private final Prepare request;
  private final LostStores lost;
  private final Consumer<ReadOutcome> then;
  private final List<Part> parts = new ArrayList<>();
  private final Map<NodeId, Acceptor> acceptors = new LinkedHashMap<>();
  private final Set<NodeId> left = new TreeSet<>();
  private final Map<Store, Promise> promises = new LinkedHashMap<>();
  /** Its promise is on disk, whether or not its store has a vote in what is read. */
  private boolean ownAnswered;

  /** Promises count by the store that gave them. */
  private record Store(NodeId id, Incarnation incarnation, boolean founding) {
    boolean votesIn(Part part) {
      return part.configuration().votes(id, incarnation, founding);
    }
  }

  private record Part(Configuration configuration, QuorumSystem quorums) {
    boolean isReadBy(Set<Store> stores) {
      Set<NodeId> counted = new TreeSet<>();
      for (Store store : stores) {
        if (store.votesIn(this)) {
          counted.add(store.id());
        }
      }
      return quorums.isReadQuorum(counted);
    }
  }

  /** Those in {@code lost} had lost their memory before anybody is asked. */
  ReadPhase(NodeId self, Prepare request, LostStores lost, Consumer<ReadOutcome> then) {
    this.self = self;
    this.request = request;
    this.lost = lost;
    this.then = then;
  }

  Ballot ballot() {
    return request.ballot();
  }

  /** A quorum of this configuration is wanted, too. */
  void also(Configuration configuration, QuorumSystem quorums, Map<NodeId, Acceptor> more) {
    parts.add(new Part(configuration, quorums.without(lost.in(configuration))));
    acceptors.putAll(more);
  }

  /** These are left alone until somebody else is silent. */
  void leave(Set<NodeId> reserve) {
    left.addAll(reserve);
  }

  /** Time has passed in vain: those left alone are asked, too. True if there are any. */
  boolean called() {
    boolean any = !left.isEmpty() && !ownFirst();
    if (any) {
      left.clear();
    }
    return any;
  }

  private boolean ownFirst() {
    return request.ballot().k() == 0 && acceptors.containsKey(self) && !ownAnswered;
  }

  /** Asks all who have not answered and may be asked. */
  void ask() {
    boolean ownFirst = ownFirst();
    acceptors.forEach((id, acceptor) -> {
      if (!answered(id) && !left.contains(id) && (!ownFirst || id.equals(self))) {
        acceptor.prepare(request);
      }
    });
  }

  private boolean hasVote(NodeId id) {
    return parts.stream().anyMatch(part -> part.configuration().acceptors().contains(id));
  }

  private boolean answered(NodeId id) {
    if (ownAnswered && id.equals(self) && !hasVote(id)) {
      return true;
    }
    for (Store store : promises.keySet()) {
      if (store.id().equals(id)) {
        return true;
      }
    }
    return false;
  }

  /** ackREAD. True when this completed the read. */
  boolean onPromise(NodeId from, Promise promise) {
    Store store = new Store(from, promise.incarnation(), promise.founding());
    boolean counts = parts.stream().anyMatch(store::votesIn);
    boolean complete = isComplete();
    boolean counted = counts && promises.putIfAbsent(store, promise) == null;
    if (from.equals(self) && request.ballot().k() == 0 && !ownAnswered) {
      ownAnswered = true;
      ask();
    }
    return counted && !complete && isComplete();
  }

  boolean isComplete() {
    return parts.stream().allMatch(part -> part.isReadBy(promises.keySet()));
  }

  void complete() {
    then.accept(merge());
  }

  /** Whether a read that began now would need fewer answers. */
  boolean fewerSuffice(LostStores now) {
    return parts.stream().anyMatch(
        part -> part.quorums().without(now.in(part.configuration())) != part.quorums());
  }

  void startOver() {
    then.accept(new ReadOutcome.StartOver(ballot()));
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
    Map<Era, Configuration> configurations = new TreeMap<>();
    for (Map.Entry<Store, Promise> entry : promises.entrySet()) {
      Promise p = entry.getValue();
      if (kept.before(p.kept())) {
        kept = p.kept();
        holder = Optional.of(entry.getKey().id()).filter(this::serves);
      }
      floor = InstanceId.max(floor, p.floor());
      active = Era.max(active, p.active());
      adopted = Era.max(adopted, p.adopted());
      configurations.putAll(p.configurations());
    }
    return new ReadOutcome.Committed(
        ballot(), kept, holder, floor, active, adopted, configurations, highestVotes(kept));
  }

  /** A passive acceptor has forgotten what it does not keep; any process may have it. */
  private boolean serves(NodeId id) {
    return parts.stream().allMatch(part -> part.configuration().member(id)
        .filter(member -> member.role() == Role.PASSIVE).isEmpty());
  }

  private List<Vote> highestVotes(InstanceId kept) {
    TreeMap<Long, Vote> highest = new TreeMap<>();
    for (Promise p : promises.values()) {
      for (Vote vote : p.votes()) {
        if (!vote.instance().before(kept)) {
          highest.merge(vote.instance().number(), vote, Vote::higher);
        }
      }
    }
    return new ArrayList<>(highest.values());
  }
}
