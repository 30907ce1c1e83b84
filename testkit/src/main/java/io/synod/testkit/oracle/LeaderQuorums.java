package io.synod.testkit.oracle;

import io.synod.api.model.Ballot;
import io.synod.api.model.Configuration;
import io.synod.api.model.Incarnation;
import io.synod.api.model.Member;
import io.synod.api.model.NodeId;
import io.synod.api.model.OneC;
import io.synod.api.model.QuorumSystem;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The quorums of each ballot: those of its configuration without the acceptors that its leader
 * knew to have recovered when the ballot began (winter; R of Deconstructing Paxos, figure 15).
 */
final class LeaderQuorums {
  private static final int BALLOTS = 64;

  private final Function<Configuration, QuorumSystem> quorums;
  /** What the present life of each node has heard. */
  private final Map<NodeId, Set<Store>> heard = new TreeMap<>();
  private final TreeMap<Ballot, Set<Store>> begun = new TreeMap<>();

  private record Store(NodeId node, Incarnation incarnation) {}

  LeaderQuorums(Function<Configuration, QuorumSystem> quorums) {
    this.quorums = quorums;
  }

  void started(Life life) {
    heard.remove(life.node());
  }

  void layer(Life life, LayerEvent event) {
    if (event instanceof LayerEvent.Recovered recovered) {
      heard.computeIfAbsent(life.node(), node -> new HashSet<>())
          .add(new Store(recovered.node(), recovered.lost()));
    } else if (event instanceof LayerEvent.WriteInvoked write && heard.containsKey(life.node())) {
      begins(write.ballot());
    }
  }

  private void begins(Ballot ballot) {
    if (begun.putIfAbsent(ballot, Set.copyOf(heard.get(ballot.proposer()))) == null
        && begun.size() > BALLOTS) {
      begun.pollFirstEntry();
    }
  }

  /** Of a ballot of which the 1c is shown for the first time. */
  QuorumSystem of(OneC oneC) {
    return without(begun.get(oneC.ballot()), oneC.configuration());
  }

  /** Of that leader if it began now. */
  QuorumSystem now(NodeId leader, Configuration configuration) {
    return without(heard.get(leader), configuration);
  }

  private QuorumSystem without(Set<Store> lost, Configuration configuration) {
    QuorumSystem system = quorums.apply(configuration);
    if (lost == null) {
      return system;
    }
    Set<NodeId> recovered = new TreeSet<>();
    for (Member member : configuration.members()) {
      if (lost.contains(new Store(member.id(), member.incarnation()))) {
        recovered.add(member.id());
      }
    }
    return system.without(recovered);
  }
}
