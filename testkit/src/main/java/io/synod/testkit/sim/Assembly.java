package io.synod.testkit.sim;

import io.synod.api.membership.Seat;
import io.synod.api.model.NodeId;
import java.util.List;
import java.util.stream.IntStream;

/** Puts the nodes of a world together: one network, and a disk for each. */
final class Assembly {
  private Assembly() {}

  /** n1, n2, … */
  static List<NodeId> ids(int count) {
    return IntStream.rangeClosed(1, count).mapToObj(i -> NodeId.of("n" + i)).toList();
  }

  /** The passive acceptor of that number, of the kind that the variant has. */
  static Seat passive(Variant variant, String number) {
    String place = variant.passive().equals("jdbc") ? ":simulated:" : ":///";
    return Seat.parse("d" + number + "@" + variant.passive() + place + number);
  }

  /** Adds all nodes, which are not started yet. */
  static SimulatedNetwork of(
      ClusterSpec spec, NetworkFaults faults, DiskFaults disks, List<SimulatedNode> nodes) {
    List<NodeId> ids = spec.ids();
    SimulatedNetwork links = new SimulatedNetwork(
        spec.world(), ids.size(), spec.codec(), faults,
        (from, to, bytes) -> nodes.get(to).arrived(ids.get(from), bytes));
    for (int i = 0; i < ids.size(); i++) {
      SimulatedDisk disk = new SimulatedDisk(
          spec.world(), ids.get(i).name(), spec.processes().stable(), disks);
      nodes.add(new SimulatedNode(spec, i, links, disk));
    }
    return links;
  }
}
