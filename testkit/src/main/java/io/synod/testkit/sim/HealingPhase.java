package io.synod.testkit.sim;

import io.synod.testkit.oracle.LeaderDecidesInTime;
import io.synod.testkit.oracle.Observer;
import io.synod.testkit.oracle.Replica;
import io.synod.testkit.oracle.Violation;
import java.util.List;
import java.util.function.Supplier;

/**
 * The end of a run. All faults have ended: within a bounded time everything that live clients ask
 * is answered and all replicas agree, and a stable leader decides in time.
 */
final class HealingPhase {
  private static final long LONGEST = 60 * World.SECOND;
  private static final long LOOK = 10 * World.MILLI;

  private final World world;
  private final Supplier<List<SimulatedNode>> members;
  private final SimulatedNetwork network;
  private final Workload workload;
  private final Observer observer;
  private final LeaderDecidesInTime inTime;
  private SimulatedNode leader;
  private long longestDelay;
  private long longestForce;

  HealingPhase(
      World world, Supplier<List<SimulatedNode>> members, SimulatedNetwork network,
      Workload workload, Observer observer, LeaderDecidesInTime inTime) {
    this.world = world;
    this.members = members;
    this.network = network;
    this.workload = workload;
    this.observer = observer;
    this.inTime = inTime;
  }

  /**
   * Runs until all is well, or to the first violation; true if all is well. The faults have ended
   * just now.
   */
  boolean run() {
    workload.finish();
    measure();
    longestDelay = 0;
    longestForce = 0;
    long deadline = world.now() + LONGEST;
    while (world.violations().isEmpty() && !converged()) {
      if (world.now() >= deadline) {
        violatedLiveness();
        return false;
      }
      world.runUntil(world.now() + LOOK);
      lookAtLeader();
    }
    return world.violations().isEmpty();
  }

  private void lookAtLeader() {
    measure();
    List<SimulatedNode> nodes = members.get();
    SimulatedNode trusted = trustedByAll(nodes);
    long decided = nodes.stream()
        .filter(SimulatedNode::up).mapToLong(SimulatedNode::applied).max().orElse(0);
    if (trusted == null || trusted != leader) {
      leader = null;
      inTime.ends();
    }
    // A change of members on its way takes round trips of its own.
    boolean ready = trusted != null && trusted.applied() == decided && trusted.changesNothing();
    if (ready && trusted != leader) {
      leader = trusted;
      inTime.leads(trusted.id(), world.now(), decided);
      workload.submitThrough(trusted.index());
    }
    if (leader != null) {
      inTime.judge(world.now(), leader.applied(), longestDelay + longestForce + LOOK);
    }
  }

  /** The node that all of them trust to lead, if all are up; or null. */
  private static SimulatedNode trustedByAll(List<SimulatedNode> nodes) {
    if (!nodes.stream().allMatch(SimulatedNode::up)) {
      return null;
    }
    for (SimulatedNode candidate : nodes) {
      if (nodes.stream().allMatch(node -> node.trusts(candidate.id()))) {
        return candidate;
      }
    }
    return null;
  }

  private void measure() {
    longestDelay = Math.max(longestDelay, network.takeLongestDelay());
    for (SimulatedNode node : members.get()) {
      longestForce = Math.max(longestForce, node.disk().takeLongestForce());
    }
  }

  private boolean converged() {
    if (!workload.satisfied() || !observer.settled()) {
      return false;
    }
    Replica first = null;
    for (SimulatedNode node : members.get()) {
      if (!node.up()) {
        return false;
      }
      Replica replica = node.replica();
      first = first == null ? replica : first;
      if (first.count() != replica.count() || first.digest() != replica.digest()) {
        return false;
      }
    }
    return true;
  }

  private String standing(SimulatedNode node) {
    return node.up() ? node.replica().toString() : node.id() + " is down";
  }

  private void violatedLiveness() {
    if (!observer.settled()) {
      observer.ended(List.of()); // whoever waits says what for
      return;
    }
    String facts = workload.satisfied() ? "all clients are answered" : workload.waiting();
    world.violated(new Violation(
        "Liveness",
        "all faults ended " + LONGEST / World.SECOND + " s ago",
        facts + "; the replicas stand at " + members.get().stream().map(this::standing).toList(),
        world.now()));
  }
}
