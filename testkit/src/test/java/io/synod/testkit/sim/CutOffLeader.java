package io.synod.testkit.sim;

import io.synod.api.message.Message;
import io.synod.api.message.RegisterMessage;
import io.synod.api.model.Configuration;
import io.synod.api.model.Member;
import io.synod.api.model.NodeId;
import io.synod.codec.KryoCodec;
import io.synod.testkit.oracle.Findings;
import io.synod.testkit.oracle.Life;
import io.synod.testkit.oracle.Linearizability;
import io.synod.testkit.oracle.MachineObservers;
import io.synod.testkit.oracle.Observer;
import io.synod.testkit.oracle.Observers;
import io.synod.testkit.oracle.Violation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Three nodes under load in virtual time, of which one leads until it is cut off. */
final class CutOffLeader {
  private static final int COMMAND_BYTES = 40;
  private static final int SIZE = 3;

  private final World world;
  private final NetworkFaults faults = new NetworkFaults(SIZE);
  private final List<SimulatedNode> nodes = new ArrayList<>();
  private final Workload workload;
  private SimulatedNode leader;
  private NodeId lastProposer;

  CutOffLeader(Variant variant, long seed) {
    world = new World(seed);
    Findings findings = (property, first, second) ->
        world.violated(new Violation(property, first, second, world.now()));
    Observer oracle = new Observers(List.of(new Linearizability(findings), new Proposers()));
    Configuration founders = new Configuration(
        List.of(
            Member.founding("n1", "n1:1"), Member.founding("n2", "n2:1"),
            Member.founding("n3", "n3:1")),
        variant.quorum().name());
    Application application = KeyValueHistory.application(COMMAND_BYTES);
    ClusterSpec spec = new ClusterSpec(
        world, founders, founders.ids(), CoreProcess.factory(variant), new KryoCodec(),
        variant.settings(), oracle, findings, life -> new LedgerMachine(
            life, oracle, application, MachineObservers.oracles(findings, application.model())));
    SimulatedNetwork network = new SimulatedNetwork(
        world, SIZE, spec.codec(), faults,
        (from, to, bytes) -> nodes.get(to).arrived(founders.ids().get(from), bytes));
    faults.usual(World.MILLI / 2);
    for (int i = 0; i < SIZE; i++) {
      SimulatedDisk disk = new SimulatedDisk(
          world, founders.ids().get(i).name(), true, new DiskFaults());
      nodes.add(new SimulatedNode(spec, i, network, disk));
    }
    workload = new Workload(
        world, oracle, nodes, application, new Workload.Load(6, 10 * World.MILLI, false, true));
  }

  private final class Proposers implements Observer {
    @Override
    public void sent(Life from, NodeId to, Message message) {
      if (message instanceof RegisterMessage.Accept) {
        lastProposer = from.node();
      }
    }
  }

  /** Everybody is healthy: somebody leads, and reads make it hold a lease. */
  void lead() {
    nodes.forEach(SimulatedNode::start);
    workload.start();
    goOn(Duration.ofSeconds(2));
  }

  void cutOff() {
    leader = nodes.stream().filter(node -> node.id().equals(lastProposer)).findFirst()
        .orElseThrow();
    for (SimulatedNode other : others()) {
      faults.cutBoth(leader.index(), other.index());
    }
  }

  /** Somebody sets the leader's time of day back by an hour. */
  void setBack() {
    leader.clock().jumpWall(-3_600_000);
  }

  /** From now on the leader's clock is as slow and all others are as fast as the bound allows. */
  void driftApart() {
    leader.clock().rate(0.95);
    others().forEach(node -> node.clock().rate(1.05));
  }

  private List<SimulatedNode> others() {
    return nodes.stream().filter(node -> node != leader).toList();
  }

  void restartOthers() {
    for (SimulatedNode node : others()) {
      node.crash();
      node.start();
    }
  }

  void goOn(Duration time) {
    world.runUntil(world.now() + time.toNanos());
  }

  /** How far those are that were not cut off. */
  long applied() {
    return others().get(0).replica().applied().number();
  }

  List<Violation> violations() {
    return world.violations();
  }
}
