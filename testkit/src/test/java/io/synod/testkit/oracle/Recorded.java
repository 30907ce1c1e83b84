package io.synod.testkit.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.synod.api.model.Ballot;
import io.synod.api.model.Configuration;
import io.synod.api.model.Incarnation;
import io.synod.api.model.InstanceId;
import io.synod.api.model.Member;
import io.synod.api.model.NodeId;
import io.synod.api.model.QuorumSystem;
import io.synod.api.model.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Collects what oracles report, and makes the parts of fabricated runs. */
final class Recorded implements Findings {
  static final NodeId N1 = NodeId.of("n1");
  static final NodeId N2 = NodeId.of("n2");
  static final NodeId N3 = NodeId.of("n3");
  static final Life L1 = new Life(N1, new Incarnation(11), 1, true);
  static final Life L2 = new Life(N2, new Incarnation(12), 1, true);
  static final Life L3 = new Life(N3, new Incarnation(13), 1, true);
  static final Configuration THREE = new Configuration(
      List.of(Member.founding("n1", "a:1"), Member.founding("n2", "b:1"),
          Member.founding("n3", "c:1")), "majority");
  static final Ballot LOW = new Ballot(1, N1, 0);
  static final Ballot HIGH = new Ballot(2, N2, 0);

  private final List<String> properties = new ArrayList<>();
  private final List<String> facts = new ArrayList<>();

  @Override
  public void violated(String property, String first, String second) {
    properties.add(property);
    facts.add(first + " | " + second);
  }

  void green() {
    assertThat(facts).isEmpty();
  }

  /** Exactly this oracle has reported, and its facts name this. */
  void red(Class<? extends Oracle> oracle, String named) {
    assertThat(properties).containsOnly(oracle.getSimpleName());
    assertThat(facts.get(0)).contains(named);
  }

  static Value value(int number) {
    return Value.of(new byte[] {1, (byte) number});
  }

  static InstanceId at(long number) {
    return InstanceId.of(number);
  }

  static Life restarted(Life life) {
    return new Life(life.node(), life.incarnation(), life.number() + 1, life.stable());
  }

  static BallotLedger ledger() {
    return new BallotLedger(configuration -> new Majority(configuration.acceptors()));
  }

  private record Majority(List<NodeId> acceptors) implements QuorumSystem {
    @Override
    public boolean isReadQuorum(Set<NodeId> answered) {
      return answered.size() * 2 > acceptors.size();
    }

    @Override
    public boolean isWriteQuorum(Set<NodeId> voted) {
      return isReadQuorum(voted);
    }

    @Override
    public long reachedByWriteQuorum(long[] reached) {
      long[] sorted = reached.clone();
      Arrays.sort(sorted);
      return sorted[(sorted.length - 1) / 2];
    }
  }
}
