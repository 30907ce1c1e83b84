package io.synod.testkit.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.synod.api.message.Message;
import io.synod.api.model.NodeId;
import io.synod.register.lease.LeaseSettings;
import io.synod.testkit.oracle.Life;
import io.synod.testkit.oracle.Observer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Liveness of the papers, measured: the leader fails under load, a majority stays up, and once all
 * that are left trust the same successor (T_el) the first decision comes within 9Δ, where Δ is the
 * longest that a message and a force took. {@code LeaderDecidesInTime} asks the same of every run,
 * once its faults have ended.
 */
class DecidedInTimeTest {
  private static final long WARM = 2 * World.SECOND;
  private static final long LOOK = World.MILLI / 2;
  private static final int DELAYS = 9;

  /** How long messages are on their way, on links that keep the order and lose nothing. */
  private static final class Delays implements Observer {
    private final Map<NodeId, Map<NodeId, Deque<Long>>> onTheirWay = new TreeMap<>();
    private World world;
    private long longest;

    private Deque<Long> link(NodeId from, NodeId to) {
      return onTheirWay.computeIfAbsent(from, id -> new TreeMap<>())
          .computeIfAbsent(to, id -> new ArrayDeque<>());
    }

    @Override
    public void sent(Life from, NodeId to, Message message) {
      link(from.node(), to).add(world == null ? 0 : world.now()); // nodes start before scripts
    }

    @Override
    public void received(Life to, NodeId from, Message message) {
      longest = Math.max(longest, world.now() - link(from, to.node()).remove());
    }
  }

  private final Delays delays = new Delays();
  private long electedAt = -1;
  private long decidedAt = -1;
  private long before;

  private void look(World world, List<SimulatedNode> nodes) {
    List<SimulatedNode> left = nodes.stream().filter(SimulatedNode::up).toList();
    SimulatedNode successor = left.stream()
        .filter(one -> left.stream().allMatch(node -> node.trusts(one.id())))
        .findFirst().orElse(null);
    if (electedAt < 0 && successor != null) {
      electedAt = world.now();
      before = successor.applied();
    }
    if (electedAt >= 0 && successor != null && successor.applied() > before) {
      decidedAt = world.now();
    } else {
      world.after(LOOK, () -> look(world, nodes));
    }
  }

  private void failTheLeader(World world, List<SimulatedNode> nodes) {
    delays.world = world;
    world.after(WARM, () -> {
      nodes.stream().filter(node -> node.trusts(node.id())).findFirst().orElseThrow().crash();
      nodes.forEach(node -> node.disk().takeLongestForce());
      look(world, nodes);
    });
  }

  @ParameterizedTest
  @CsvSource({"fall", "classic", "spring", "fall+lease", "fall+quorum-connected"})
  void aSuccessorDecidesWithinNineDelaysOfItsElection(String variant) {
    for (long seed = 1; seed <= 2; seed++) {
      DecidedInTimeTest run = new DecidedInTimeTest();
      run.measure(new Variants().named(variant), seed);
    }
  }

  private void measure(Variant variant, long seed) {
    // A lease for reads would keep the successor out for its own time.
    Variant unleased = variant.with(LeaseSettings.DURATION, Duration.ZERO);
    long[] force = new long[1];
    SimulationReport report = Simulation.of(unleased).seed(seed).seconds(5)
        .faults(EnumSet.noneOf(FaultKind.class)).load(3, 20).observe(delays)
        .script((world, nodes) -> {
          List<SimulatedNode> three = nodes.subList(0, 3);
          failTheLeader(world, three);
          world.after(5 * World.SECOND - 1, () -> force[0] = three.stream()
              .mapToLong(node -> node.disk().takeLongestForce()).max().orElse(0));
        }, false).nodes(3).run();
    assertThat(report.firstViolation()).as(report.toString()).isEmpty();
    assertThat(electedAt).as("%s, seed %s: elected", variant.name(), seed).isPositive();
    assertThat(decidedAt - electedAt).as("%s, seed %s, elected at %s", variant.name(), seed,
        electedAt).isBetween(0L, DELAYS * (delays.longest + force[0]) + LOOK);
  }
}
