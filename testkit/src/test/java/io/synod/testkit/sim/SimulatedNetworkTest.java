package io.synod.testkit.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.synod.api.message.BroadcastMessage.Progress;
import io.synod.api.model.InstanceId;
import io.synod.codec.KryoCodec;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimulatedNetworkTest {
  private final World world = new World(1);
  private final NetworkFaults faults = new NetworkFaults(3);
  private final List<Long> arrived = new ArrayList<>();
  private final SimulatedNetwork network =
      new SimulatedNetwork(world, 3, new KryoCodec(), faults, this::arrived);

  private void arrived(int from, int to, byte[] bytes) {
    arrived.add(((Progress) network.decode(bytes)).decided().number());
  }

  private void send(int from, int to, int count) {
    for (int i = 0; i < count; i++) {
      network.send(from, to, new Progress(InstanceId.of(i), InstanceId.FIRST));
    }
    world.runUntil(world.now() + 300 * World.SECOND);
  }

  @Test
  void aHealthyLinkKeepsOrderAndLosesNothing() {
    send(0, 1, 500);
    assertThat(arrived).hasSize(500).isSorted();
  }

  @Test
  void losesDuplicatesAndReordersWhenTold() {
    faults.loss(0.3);
    send(0, 1, 500);
    assertThat(arrived).hasSizeBetween(250, 450).isSorted();
    arrived.clear();
    faults.heal();
    faults.duplication(0.3);
    send(0, 1, 500);
    assertThat(arrived).hasSizeBetween(550, 750);
    arrived.clear();
    faults.heal();
    faults.reordering(0.5);
    send(0, 1, 500);
    assertThat(arrived).hasSize(500);
    assertThat(arrived).isNotEqualTo(arrived.stream().sorted().toList());
  }

  @Test
  void cutsOneDirectionOnly() {
    faults.cutLink(0, 1);
    send(0, 1, 5);
    assertThat(arrived).isEmpty();
    send(1, 0, 5);
    assertThat(arrived).hasSize(5);
    faults.heal();
    send(0, 1, 5);
    assertThat(arrived).hasSize(10);
  }

  @Test
  void whatIsOnItsWayIsLostWhenTheLinkIsCut() {
    network.send(0, 1, new Progress(InstanceId.of(1), InstanceId.FIRST));
    faults.cutBoth(0, 1);
    world.runUntil(World.SECOND);
    assertThat(arrived).isEmpty();
  }

  @Test
  void patternsCutWhatTheirNamesSay() {
    assertThat(connected(PartitionPattern.HALVES, 5, 0)).isEqualTo("01 23 24 34");
    assertThat(connected(PartitionPattern.ISOLATED, 4, 2)).isEqualTo("01 03 13");
    assertThat(connected(PartitionPattern.HUB, 5, 1)).isEqualTo("01 12 13 14");
    assertThat(connected(PartitionPattern.CHAIN, 4, 0)).isEqualTo("01 12 23");
    assertThat(connected(PartitionPattern.BRIDGE, 3, 0)).isEqualTo("02 12");
  }

  private static String connected(PartitionPattern pattern, int nodes, int pivot) {
    NetworkFaults partitioned = new NetworkFaults(nodes);
    pattern.apply(partitioned, pivot);
    List<String> links = new ArrayList<>();
    for (int i = 0; i < nodes; i++) {
      for (int j = i + 1; j < nodes; j++) {
        assertThat(partitioned.cut(i, j)).isEqualTo(partitioned.cut(j, i));
        if (!partitioned.cut(i, j)) {
          links.add("" + i + j);
        }
      }
    }
    return String.join(" ", links);
  }
}
