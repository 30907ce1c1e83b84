package io.synod.testkit.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.synod.api.message.BroadcastMessage.Progress;
import io.synod.api.message.Message;
import io.synod.api.message.RegisterMessage;
import io.synod.api.model.Ballot;
import io.synod.api.model.Era;
import io.synod.api.model.Incarnation;
import io.synod.api.model.InstanceId;
import io.synod.api.model.NodeId;
import io.synod.api.transport.MessageCodec;
import io.synod.codec.KryoCodec;
import java.nio.ByteBuffer;
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

  static Message decode(KryoCodec codec, byte[] bytes) {
    try {
      return codec.decode(ByteBuffer.wrap(bytes));
    } catch (MessageCodec.MalformedException e) {
      throw new AssertionError(e);
    }
  }

  private static Progress progress(long decided) {
    return new Progress(
        InstanceId.of(decided), InstanceId.FIRST, new Incarnation(1), Era.ZERO);
  }

  private void send(int from, int to, int count) {
    for (int i = 0; i < count; i++) {
      network.send(from, to, progress(i));
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
    network.send(0, 1, progress(1));
    faults.cutBoth(0, 1);
    world.runUntil(World.SECOND);
    assertThat(arrived).isEmpty();
  }

  @Test
  void aLinkIsBackWhenAllWhoCutItHaveJoinedIt() {
    LinkSet link = new LinkSet().addBoth(0, 1);
    faults.cut(link);
    faults.cutLink(0, 1);
    faults.join(link);
    assertThat(faults.cut(0, 1)).isTrue();
    assertThat(faults.cut(1, 0)).isFalse();
    faults.joinLink(0, 1);
    faults.joinLink(0, 1);
    faults.cutLink(0, 1);
    assertThat(faults.cut(0, 1)).isTrue();
  }

  @Test
  void patternsCutWhatTheirNamesSay() {
    assertThat(connected(PartitionPattern.HALVES, 5, 0)).isEqualTo("01 23 24 34");
    assertThat(connected(PartitionPattern.ISOLATED, 4, 2)).isEqualTo("01 03 13");
    assertThat(connected(PartitionPattern.BRIDGE, 3, 0)).isEqualTo("02 12");
  }

  /** Node 3 leads. */
  @Test
  void thePatternsOfPartialConnectivityAreAboutTheLeader() {
    assertThat(connected(PartitionPattern.QUORUM_LOSS, 5, 3)).isEqualTo("04 14 24 34");
    assertThat(connected(PartitionPattern.CONSTRAINED_ELECTION, 5, 3)).isEqualTo("04 14 24");
    assertThat(connected(PartitionPattern.CHAINED, 5, 3)).isEqualTo("01 04 12 34");
  }

  @Test
  void delaysHaveTheShapeOfTheirName() {
    faults.usual(World.MILLI);
    assertThat(delays(DelayShape.CONSTANT)).containsOnly(World.MILLI);
    List<Long> uniform = delays(DelayShape.UNIFORM);
    assertThat(uniform).allMatch(delay -> delay >= 0 && delay <= 2 * World.MILLI);
    assertThat(mean(uniform)).isBetween(0.9, 1.1);
    assertThat(mean(delays(DelayShape.EXPONENTIAL))).isBetween(0.9, 1.1);
    List<Long> heavy = delays(DelayShape.HEAVY_TAIL);
    assertThat(heavy).anyMatch(delay -> delay > 50 * World.MILLI);
    assertThat(mean(heavy)).isBetween(0.5, 2.0);
  }

  private List<Long> delays(DelayShape shape) {
    faults.shape(shape);
    SeededRandom random = world.stream("delays");
    List<Long> delays = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      delays.add(faults.delay(random, 0, 1));
    }
    return delays;
  }

  private static double mean(List<Long> delays) {
    return delays.stream().mapToLong(Long::longValue).average().orElse(0) / World.MILLI;
  }

  @Test
  void aBurstAndASlowLinkLengthenDelaysUntilTheyEnd() {
    faults.usual(World.MILLI);
    faults.shape(DelayShape.CONSTANT);
    SeededRandom random = world.stream("delays");
    faults.burst(30);
    assertThat(faults.delay(random, 0, 1)).isEqualTo(30 * World.MILLI);
    faults.burst(1);
    faults.slow(0, 1, 50 * World.MILLI);
    assertThat(faults.delay(random, 0, 1)).isEqualTo(51 * World.MILLI);
    assertThat(faults.delay(random, 1, 0)).isEqualTo(World.MILLI);
    faults.slow(0, 1, 0);
    assertThat(faults.delay(random, 0, 1)).isEqualTo(World.MILLI);
  }

  @Test
  void aCopyOfAnAnswerArrivesAfterALaterBallotHasBegun() {
    List<Message> heard = new ArrayList<>();
    SimulatedNetwork copying = new SimulatedNetwork(world, 3, new KryoCodec(), faults,
        (from, to, bytes) -> heard.add(network.decode(bytes)));
    Message answer = new RegisterMessage.Accepted(ballot(1), new Incarnation(5), InstanceId.of(9));
    faults.stale(1);
    copying.send(1, 0, answer);
    world.runUntil(100 * World.SECOND);
    assertThat(heard).containsExactly(answer);
    copying.send(0, 1, new RegisterMessage.Prepare(ballot(1), Era.ZERO, InstanceId.FIRST));
    world.runUntil(200 * World.SECOND);
    assertThat(heard).hasSize(2);
    copying.send(0, 1, new RegisterMessage.Prepare(ballot(2), Era.ZERO, InstanceId.FIRST));
    world.runUntil(300 * World.SECOND);
    assertThat(heard).hasSize(4).filteredOn(answer::equals).hasSize(2);
    assertThat(faults.counts().of(FaultKind.STALE_ANSWERS)).isEqualTo(1);
  }

  private static Ballot ballot(long number) {
    return new Ballot(number, NodeId.of("n1"), 0);
  }

  @Test
  void copiesArriveAfterTheirReceiverHasRestarted() {
    faults.held(1);
    send(0, 1, 5);
    assertThat(arrived).hasSize(5);
    network.restarted(2);
    world.runUntil(world.now() + 100 * World.SECOND);
    assertThat(arrived).hasSize(5);
    network.restarted(1);
    world.runUntil(world.now() + 100 * World.SECOND);
    assertThat(arrived).hasSize(10);
    assertThat(faults.counts().of(FaultKind.HELD_COPIES)).isEqualTo(5);
  }

  private static String connected(PartitionPattern pattern, int nodes, int pivot) {
    NetworkFaults partitioned = new NetworkFaults(nodes);
    partitioned.cut(pattern.links(pivot, nodes));
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
