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
import java.util.stream.IntStream;

/** Nodes under load in virtual time, of which one leads until it is cut off, or others are. */
final class CutOffLeader {
  private static final int COMMAND_BYTES = 40;

  private final World world;
  private final NetworkFaults faults;
  private final List<SimulatedNode> nodes = new ArrayList<>();
  private final Workload workload;
  private SimulatedNode leader;
  private NodeId lastProposer;

  /** Three nodes. */
  CutOffLeader(Variant variant, long seed) {
    this(variant, seed, 3);
  }

  CutOffLeader(Variant variant, long seed, int size) {
    world = new World(seed);
    faults = new NetworkFaults(size);
    Findings findings = (property, first, second) ->
        world.violated(new Violation(property, first, second, world.now()));
    Observer oracle = new Observers(List.of(new Linearizability(findings), new Proposers()));
    Configuration founders = new Configuration(
        IntStream.rangeClosed(1, size)
            .mapToObj(i -> Member.founding("n" + i, "n" + i + ":1")).toList(),
        variant.quorum().name());
    Application application = KeyValueHistory.application(COMMAND_BYTES);
    ClusterSpec spec = new ClusterSpec(
        world, founders, founders.ids(), CoreProcess.factory(variant), new KryoCodec(),
        variant.settings(), oracle, findings, life -> new LedgerMachine(
            life, oracle, application, MachineObservers.oracles(findings, application.model())),
        new SimulatedMaster(world, oracle, false),
        new SimulatedPassives(world, oracle, new FaultCounts(), "none"));
    SimulatedNetwork network = new SimulatedNetwork(
        world, size, spec.codec(), faults,
        (from, to, bytes) -> nodes.get(to).arrived(founders.ids().get(from), bytes));
    faults.usual(World.MILLI / 2);
    for (int i = 0; i < size; i++) {
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

  /** The links of that pattern around the leader; returns the hub, if the pattern has one. */
  SimulatedNode partition(PartitionPattern pattern) {
    leader = whoLeads();
    faults.cut(pattern.links(leader.index(), nodes.size()));
    return nodes.get(PartitionPattern.hub(leader.index(), nodes.size()));
  }

  List<SimulatedNode> nodes() {
    return nodes;
  }

  private SimulatedNode whoLeads() {
    return nodes.stream().filter(node -> node.id().equals(lastProposer)).findFirst()
        .orElseThrow();
  }

  void cutOff() {
    leader = whoLeads();
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
