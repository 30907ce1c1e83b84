package io.synod.testkit.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.synod.api.message.BroadcastMessage.Progress;
import io.synod.api.model.Configuration;
import io.synod.api.model.InstanceId;
import io.synod.api.model.Member;
import io.synod.api.plugin.Settings;
import io.synod.codec.KryoCodec;
import io.synod.testkit.oracle.MachineObservers;
import io.synod.testkit.oracle.Observer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How one node stops and starts again, with a process that does what it is told. */
class SimulatedNodeTest {
  private final World world = new World(3);
  private final DiskFaults faults = new DiskFaults();
  private final SimulatedDisk disk = new SimulatedDisk(world, "n1", true, faults);
  private final List<ScriptedProcess> lives = new ArrayList<>();
  private final List<Stop> stops = new ArrayList<>();
  private final List<FaultKind> planned = new ArrayList<>();
  private final List<String> violations = new ArrayList<>();
  private final List<Long> left = new ArrayList<>();
  private final SimulatedNode node = node();

  private SimulatedNode node() {
    Configuration two = new Configuration(
        List.of(Member.founding("n1", "n1:1"), Member.founding("n2", "n2:1")), "majority");
    Application application = KeyValueHistory.application(40);
    ClusterSpec spec = new ClusterSpec(
        world, two, two.ids(), ScriptedProcess.factory(lives, Optional.empty()), new KryoCodec(),
        Settings.DEFAULTS, new Observer() { },
        (property, first, second) -> violations.add(property + first + second),
        life -> new LedgerMachine(life, new Observer() { }, application,
            MachineObservers.oracles((property, first, second) -> { }, application.model())),
        new SimulatedMaster(world, new Observer() { }, false),
        new SimulatedPassives(world, new Observer() { }, new FaultCounts(), "none"));
    KryoCodec codec = new KryoCodec();
    SimulatedNetwork network = new SimulatedNetwork(
        world, 2, spec.codec(), new NetworkFaults(2), (from, to, bytes) -> left.add(
            ((Progress) SimulatedNetworkTest.decode(codec, bytes)).decided().number()));
    SimulatedNode made = new SimulatedNode(spec, 0, network, disk);
    made.watch(new NodeWatcher() {
      @Override
      public void crashedAsPlanned(FaultKind kind) {
        planned.add(kind);
      }

      @Override
      public void stopped(SimulatedNode stopped, Stop why) {
        stops.add(why);
      }
    });
    return made;
  }

  private ScriptedProcess process() {
    return lives.get(lives.size() - 1);
  }

  private void persist(int records) {
    node.event(() -> process().persist(records));
  }

  private void pass() {
    world.runUntil(world.now() + World.SECOND);
  }

  private void startedWith(int records) {
    node.start();
    persist(records);
    pass();
    left.clear();
  }

  private void restart() {
    node.crash();
    stops.clear();
    node.start();
  }

  @Test
  void crashesBetweenTwoRecordsOfTheReplay() {
    startedWith(6);
    node.crashInStart(4);
    restart();
    assertThat(process().recovered).hasSize(4);
    assertThat(node.up()).isFalse();
    assertThat(planned).containsExactly(FaultKind.CRASH_AT_START);
    node.start();
    assertThat(process().recovered).hasSize(6);
    assertThat(node.up()).isTrue();
  }

  @Test
  void aPlanForAStartThatWasHarmlessDoesNotOutliveIt() {
    startedWith(1);
    node.crashInStart(30);
    restart();
    restart();
    persist(40);
    assertThat(node.up()).isTrue();
  }

  private void writeSnapshot(long last) {
    node.event(() -> process().world.snapshots().write(
        InstanceId.of(last), out -> out.write(new byte[100]), info -> { }));
    pass();
  }

  @Test
  void crashesRightBeforeAndRightAfterASnapshotBecomesTheNewest() {
    startedWith(1);
    writeSnapshot(5);
    node.crashAtSnapshot(0);
    writeSnapshot(6);
    assertThat(stops).containsExactly(Stop.CRASHED);
    assertThat(disk.snapshot().last()).isEqualTo(InstanceId.of(5));
    node.start();
    node.crashAtSnapshot(1);
    writeSnapshot(7);
    assertThat(stops).containsExactly(Stop.CRASHED, Stop.CRASHED);
    assertThat(disk.snapshot().last()).isEqualTo(InstanceId.of(7));
    assertThat(planned).containsOnly(FaultKind.CRASH_AT_SNAPSHOT);
  }

  @Test
  void aFullDiskStopsTheNodeInTheMiddleOfABatchBeforeAnythingLeaves() {
    startedWith(2);
    disk.fill(40);
    persist(30);
    pass();
    assertThat(stops).containsExactly(Stop.STORAGE_FAILED);
    assertThat(left).isEmpty();
    disk.free();
    node.start();
    assertThat(process().recovered).startsWith(1L, 2L).hasSizeLessThan(30);
    persist(1);
    pass();
    assertThat(left).containsExactly(1L);
  }

  @Test
  void aFailingForceStopsTheNode() {
    startedWith(1);
    faults.failing(1);
    persist(1);
    pass();
    assertThat(stops).containsExactly(Stop.STORAGE_FAILED);
    assertThat(faults.counts().of(FaultKind.FAILING_DISK)).isEqualTo(1);
  }

  @Test
  void aDamagedJournalIsRefusedAtTheStartUntilItIsEmptied() {
    startedWith(3);
    disk.loseSector();
    restart();
    assertThat(stops).containsExactly(Stop.DAMAGED);
    node.start();
    assertThat(stops).containsExactly(Stop.DAMAGED, Stop.DAMAGED);
    disk.wipe();
    node.asNewIncarnation();
    node.start();
    assertThat(node.up()).isTrue();
    assertThat(process().recovered).isEmpty();
    assertThat(violations).isEmpty();
  }

  @Test
  void aDamagedSnapshotIsNeitherServedNorRestored() {
    startedWith(1);
    disk.snapshot(SnapshotImage.of(InstanceId.of(5), new byte[100]).flipped(300));
    List<byte[]> served = new ArrayList<>();
    node.event(() -> process().world.snapshots().readChunk(
        InstanceId.of(5), 0, 20, served::add));
    pass();
    assertThat(served).hasSize(1);
    node.event(() -> process().world.snapshots().readChunk(
        InstanceId.of(5), 20, 50, served::add));
    pass();
    assertThat(served).hasSize(1);
    assertThat(stops).containsExactly(Stop.STORAGE_FAILED);
    node.start();
    assertThat(stops).containsExactly(Stop.STORAGE_FAILED, Stop.DAMAGED);
  }

  @Test
  void aPausedNodeTakesEverythingAfterwards() {
    startedWith(1);
    node.pause(5 * World.SECOND);
    persist(2);
    pass();
    assertThat(left).isEmpty();
    world.runUntil(world.now() + 5 * World.SECOND);
    assertThat(left).containsExactly(2L);
  }
}
