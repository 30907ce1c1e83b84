package io.synod.testkit.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.synod.api.message.Message;
import io.synod.api.model.Configuration;
import io.synod.api.model.NodeId;
import io.synod.api.model.Role;
import io.synod.api.storage.DurableRecord;
import io.synod.testkit.oracle.Life;
import io.synod.testkit.oracle.Observer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Cheap Paxos (Lamport and Massa): f + 1 mains, and f auxiliaries that have nothing to do. */
class CheapPaxosTest {
  private static final long WARM = 2 * World.SECOND;
  private static final long MINUTE = 60 * World.SECOND;
  private static final int NODES = 5;
  private static final Set<NodeId> AUXILIARIES = Set.of(NodeId.of("n4"), NodeId.of("n5"));

  /** What auxiliaries do, and what they are sent, once the cluster has started. */
  private static final class AtAuxiliaries implements Observer {
    private World world;
    private final List<String> lines = new ArrayList<>();

    private void note(NodeId node, String what) {
      if (world != null && AUXILIARIES.contains(node) && world.now() > WARM) {
        lines.add(world.now() / World.MILLI + " ms " + node + " " + what);
      }
    }

    @Override
    public void sent(Life from, NodeId to, Message message) {
      note(from.node(), "sends " + message);
      note(to, "is sent " + message);
    }

    @Override
    public void persisted(Life life, DurableRecord record) {
      note(life.node(), "writes " + record);
    }
  }

  private static SimulationReport run(double seconds, Observer observer, Script script) {
    SimulationReport report = Simulation.of(new Variants().cheap()).nodes(NODES).seconds(seconds)
        .faults(EnumSet.noneOf(FaultKind.class)).load(3, 20).observe(observer)
        .script(script, false).run();
    assertThat(report.firstViolation()).as(report.toString()).isEmpty();
    return report;
  }

  @Test
  void auxiliariesAreIdleForAMinuteOfLoad() {
    AtAuxiliaries at = new AtAuxiliaries();
    long[] applied = new long[2];
    run(62, at, (world, nodes) -> {
      at.world = world;
      world.after(WARM, () -> applied[0] = nodes.get(0).applied());
      world.after(WARM + MINUTE - 1, () -> applied[1] = nodes.get(0).applied());
    });
    assertThat(applied[1] - applied[0]).as("instances in that minute").isGreaterThan(1_000);
    assertThat(at.lines).as("zero messages, zero writes").isEmpty();
  }

  private static List<Role> roles(SimulatedNode node) {
    Configuration inForce =
        node.eras().configurations().get(node.eras().active());
    return inForce.members().stream().map(member -> member.role()).toList();
  }

  @Test
  void auxiliariesHelpOutUntilTheClusterGoesOnWithoutTheMain() {
    AtAuxiliaries at = new AtAuxiliaries();
    List<Long> applied = new ArrayList<>();
    List<List<Role>> roles = new ArrayList<>();
    run(14, at, (world, nodes) -> {
      at.world = world;
      SimulatedNode first = nodes.get(0);
      world.after(WARM, nodes.get(2)::crash);
      for (int second = 2; second <= 13; second++) {
        world.after(second * World.SECOND + 1, () -> {
          applied.add(first.applied());
          roles.add(roles(first));
        });
      }
      world.after(5 * World.SECOND, at.lines::clear);
      world.after(8 * World.SECOND - 1, () -> assertThat(at.lines)
          .as("released: zero messages, zero writes").isEmpty());
      world.after(8 * World.SECOND, nodes.get(2)::start);
    });
    for (int i = 1; i < applied.size(); i++) {
      assertThat(applied.get(i)).as("applied after %s s: %s", i + 2, applied)
          .isGreaterThan(applied.get(i - 1) + 10);
    }
    List<Role> whole = List.of(
        Role.ACCEPTOR, Role.ACCEPTOR, Role.ACCEPTOR, Role.AUXILIARY, Role.AUXILIARY);
    List<Role> without = List.of(
        Role.ACCEPTOR, Role.ACCEPTOR, Role.LEARNER, Role.AUXILIARY, Role.AUXILIARY);
    assertThat(roles.get(0)).isEqualTo(whole);
    assertThat(roles.get(3)).as("3 s after the crash").isEqualTo(without);
    assertThat(roles.get(roles.size() - 1)).as("5 s after the restart").isEqualTo(whole);
  }
}
