package io.synod.testkit.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.synod.api.model.Configuration;
import io.synod.api.model.NodeId;
import io.synod.testkit.oracle.Observer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Vertical Paxos: all acceptors write, one is read, and f + 1 of them survive f failures. */
class VerticalPaxosTest {
  private static final int NODES = 3;

  private static void run(double seconds, Script script) {
    SimulationReport report = Simulation.of(new Variants().vertical()).nodes(NODES)
        .seconds(seconds).faults(EnumSet.noneOf(FaultKind.class)).load(3, 20)
        .observe(new Observer() { }).script(script, false).run();
    assertThat(report.firstViolation()).as(report.toString()).isEmpty();
  }

  private static SimulatedNode leader(List<SimulatedNode> nodes) {
    return nodes.stream().filter(SimulatedNode::leading).findFirst().orElseThrow();
  }

  private static List<NodeId> acceptors(SimulatedNode node) {
    Configuration inForce = node.eras().configurations().get(node.eras().active());
    return inForce.acceptors();
  }

  private static long applied(List<SimulatedNode> nodes) {
    return nodes.stream().filter(SimulatedNode::up).mapToLong(SimulatedNode::applied).max()
        .orElseThrow();
  }

  @Test
  void serviceGoesOnWhileLeadersDieOneAfterAnotherUntilOneAcceptorIsLeft() {
    List<Long> applied = new ArrayList<>();
    List<NodeId> left = new ArrayList<>();
    List<NodeId> atLast = new ArrayList<>();
    run(14, (world, nodes) -> {
      for (int second : List.of(2, 6)) {
        world.after(second * World.SECOND, () -> leader(nodes).crash());
      }
      for (int second : List.of(2, 5, 6, 9)) {
        world.after(second * World.SECOND - 1, () -> applied.add(applied(nodes)));
      }
      world.after(9 * World.SECOND, () -> {
        left.addAll(acceptors(leader(nodes)));
        nodes.subList(0, NODES).stream().filter(n -> !n.up()).forEach(SimulatedNode::start);
      });
      world.after(13 * World.SECOND, () -> atLast.addAll(acceptors(leader(nodes))));
    });
    assertThat(applied.get(1) - applied.get(0)).as("with two: %s", applied).isGreaterThan(30);
    assertThat(applied.get(3) - applied.get(2)).as("with one: %s", applied).isGreaterThan(30);
    assertThat(left).hasSize(1);
    assertThat(atLast).as("who came back is an acceptor again").hasSize(NODES);
  }

  /** The master is needed for changes only. */
  private static final class Away implements Script {
    private final List<Long> applied = new ArrayList<>();
    private Optional<String> waits = Optional.empty();

    @Override
    public void begin(World world, List<SimulatedNode> nodes) {
      throw new AssertionError("it needs a master");
    }

    @Override
    public void begin(World world, List<SimulatedNode> nodes, SimulatedMaster master) {
      world.after(2 * World.SECOND, () -> master.away(true));
      world.after(5 * World.SECOND, () -> nodes.subList(0, NODES).stream()
          .filter(n -> !n.leading()).findFirst().orElseThrow().crash());
      world.after(9 * World.SECOND, () -> {
        SimulatedNode leader = leader(nodes);
        waits = leader.process().membership().status().change();
        master.away(false);
      });
      for (int second : List.of(2, 5, 6, 9, 14)) {
        world.after(second * World.SECOND - 1, () -> applied.add(applied(nodes)));
      }
    }
  }

  @Test
  void withoutTheMasterServiceGoesOnAndAChangeWaits() {
    Away away = new Away();
    run(15, away);
    List<Long> applied = away.applied;
    assertThat(applied.get(1) - applied.get(0)).as("steady: %s", applied).isGreaterThan(30);
    assertThat(applied.get(3)).as("one is dead: %s", applied).isEqualTo(applied.get(2));
    assertThat(away.waits).hasValueSatisfying(
        doing -> assertThat(doing).contains("waits for the configuration master"));
    assertThat(applied.get(4) - applied.get(3)).as("it is back: %s", applied).isGreaterThan(30);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void allFaultsAtOnceBreakNoProperty(boolean reconfigure) {
    for (long seed = 1; seed <= 3; seed++) {
      SimulationReport report = Simulation.of(new Variants().vertical()).seed(seed).seconds(4)
          .reconfigure(reconfigure).run();
      assertThat(report.firstViolation()).as(report.toString()).isEmpty();
    }
  }
}
