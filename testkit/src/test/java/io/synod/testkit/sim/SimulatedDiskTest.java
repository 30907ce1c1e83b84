package io.synod.testkit.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.synod.api.model.InstanceId;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimulatedDiskTest {
  private final List<Long> durable = new ArrayList<>();
  private final SimulatedDisk.ForceListener listener = new SimulatedDisk.ForceListener() {
    @Override
    public void durable(long position) {
      durable.add(position);
    }

    @Override
    public void failed() {
      durable.add(-1L);
    }
  };

  private static ByteBuffer record(int number) {
    return ByteBuffer.allocate(40).putInt(0, number);
  }

  private static List<Integer> replay(SimulatedDisk disk) {
    List<Integer> records = new ArrayList<>();
    disk.replay(bytes -> records.add(bytes.getInt()));
    return records;
  }

  @Test
  void forcesTakeTimeAndGroup() {
    World world = new World(1);
    SimulatedDisk disk = new SimulatedDisk(world, "n1", true, new DiskFaults());
    disk.append(record(1), false);
    disk.sync(listener);
    disk.append(record(2), false);
    disk.append(record(3), false);
    disk.sync(listener);
    assertThat(durable).isEmpty();
    world.runUntil(World.SECOND);
    assertThat(durable).containsExactly(1L);
    disk.sync(listener);
    world.runUntil(2 * World.SECOND);
    assertThat(durable).containsExactly(1L, 3L);
  }

  @Test
  void aCrashKeepsWhatIsForcedAndAPrefixOfTheRest() {
    boolean lost = false;
    boolean kept = false;
    boolean torn = false;
    for (int seed = 0; seed < 200; seed++) {
      World world = new World(seed);
      SimulatedDisk disk = new SimulatedDisk(world, "n1", true, new DiskFaults());
      disk.append(record(1), false);
      disk.append(record(2), false);
      disk.sync(listener);
      world.runUntil(World.SECOND);
      for (int i = 3; i <= 6; i++) {
        disk.append(record(i), false);
      }
      long before = disk.appended();
      disk.crash();
      int frames = disk.frames();
      List<Integer> read = replay(disk);
      assertThat(read).isEqualTo(List.of(1, 2, 3, 4, 5, 6).subList(0, read.size()));
      assertThat(read).hasSizeGreaterThanOrEqualTo(2);
      lost |= read.size() == 2;
      kept |= read.size() == before;
      torn |= frames > read.size();
    }
    assertThat(lost && kept && torn).isTrue();
  }

  @Test
  void aForceUnderWayAtACrashIsNeverReported() {
    World world = new World(1);
    SimulatedDisk disk = new SimulatedDisk(world, "n1", true, new DiskFaults());
    disk.append(record(1), false);
    disk.sync(listener);
    disk.crash();
    world.runUntil(World.SECOND);
    assertThat(durable).isEmpty();
  }

  @Test
  void aFailingForceIsReportedOnce() {
    World world = new World(1);
    DiskFaults faults = new DiskFaults();
    faults.failing(1);
    SimulatedDisk disk = new SimulatedDisk(world, "n1", true, faults);
    disk.append(record(1), false);
    disk.sync(listener);
    world.runUntil(World.SECOND);
    assertThat(durable).containsExactly(-1L);
  }

  @Test
  void volatileStorageForgetsEverythingAndIsAnotherStoreAfterwards() {
    SimulatedDisk disk = new SimulatedDisk(new World(1), "n1", false, new DiskFaults());
    assertThat(disk.open()).isTrue();
    var first = disk.incarnation();
    disk.append(record(1), false);
    disk.crash();
    assertThat(disk.open()).isTrue();
    assertThat(disk.incarnation()).isNotEqualTo(first);
    assertThat(replay(disk)).isEmpty();
  }

  @Test
  void aStableStoreKeepsItsIncarnation() {
    SimulatedDisk disk = new SimulatedDisk(new World(1), "n1", true, new DiskFaults());
    assertThat(disk.open()).isTrue();
    var first = disk.incarnation();
    disk.crash();
    assertThat(disk.open()).isFalse();
    assertThat(disk.incarnation()).isEqualTo(first);
  }

  @Test
  void dropsWhatLiesBeforeTheLastCheckpoint() {
    World world = new World(1);
    SimulatedDisk disk = new SimulatedDisk(world, "n1", true, new DiskFaults());
    disk.append(record(1), false);
    disk.append(record(2), true);
    disk.append(record(3), false);
    disk.sync(listener);
    world.runUntil(World.SECOND);
    disk.dropBeforeCheckpoint();
    disk.crash();
    assertThat(replay(disk)).containsExactly(2, 3);
  }

  @Test
  void theSnapshotOfTheHighestInstanceIsTheNewest() {
    SimulatedDisk disk = new SimulatedDisk(new World(1), "n1", true, new DiskFaults());
    SimulatedDisk.Snapshot own = new SimulatedDisk.Snapshot(InstanceId.of(345), new byte[4]);
    disk.snapshot(own);
    disk.snapshot(new SimulatedDisk.Snapshot(InstanceId.of(339), new byte[4]));
    assertThat(disk.snapshot()).isSameAs(own);
  }
}
