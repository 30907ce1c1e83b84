package io.synod.testkit.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synod.api.model.InstanceId;
import io.synod.api.storage.StorageException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
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
    try {
      disk.replay(bytes -> records.add(bytes.getInt()));
    } catch (StorageException e) {
      throw new UncheckedIOException(e);
    }
    return records;
  }

  /** A disk that holds so many forced records, numbered from 1. */
  private SimulatedDisk forced(World world, DiskFaults faults, int records) {
    SimulatedDisk disk = new SimulatedDisk(world, "n1", true, faults);
    disk.open();
    for (int i = 1; i <= records; i++) {
      disk.append(record(i), false);
    }
    disk.sync(listener);
    world.runUntil(world.now() + World.SECOND);
    return disk;
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
      DiskFaults faults = new DiskFaults();
      faults.torn();
      SimulatedDisk disk = forced(new World(seed), faults, 2);
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
  void withoutThatFaultNothingIsTorn() {
    for (int seed = 0; seed < 100; seed++) {
      SimulatedDisk disk = forced(new World(seed), new DiskFaults(), 1);
      disk.append(record(2), false);
      disk.crash();
      assertThat(disk.frames()).isEqualTo(replay(disk).size());
    }
  }

  @Test
  void scatteredWritesSurviveInAnySubsetButOnlyTheRecordsBeforeTheFirstHoleCount() {
    Set<Integer> read = new TreeSet<>();
    boolean hole = false;
    for (int seed = 0; seed < 200; seed++) {
      DiskFaults faults = new DiskFaults();
      faults.scattered();
      SimulatedDisk disk = forced(new World(seed), faults, 2);
      for (int i = 3; i <= 5; i++) {
        disk.append(record(i), false);
      }
      disk.crash();
      int frames = disk.frames();
      List<Integer> records = replay(disk);
      assertThat(records).isEqualTo(List.of(1, 2, 3, 4, 5).subList(0, records.size()));
      hole |= frames > records.size();
      read.add(records.size());
      assertThat(disk.append(record(records.size() + 1), false)).isEqualTo(records.size() + 1);
    }
    assertThat(read).containsExactly(2, 3, 4, 5);
    assertThat(hole).isTrue();
  }

  @Test
  void aSegmentHasNoHoleOnceTheNextOneExists() {
    Set<Integer> read = new TreeSet<>();
    for (int seed = 0; seed < 200; seed++) {
      DiskFaults faults = new DiskFaults();
      faults.scattered();
      SimulatedDisk disk = forced(new World(seed), faults, 1);
      disk.append(record(2), false);
      disk.append(record(3), true);
      disk.crash();
      boolean next = disk.frames() == 3;
      List<Integer> records = replay(disk);
      assertThat(records.size() == 3).isEqualTo(next);
      read.add(records.size());
    }
    assertThat(read).containsExactly(1, 2, 3);
  }

  @Test
  void aFlippedBitOfAForcedRecordIsFoundWhateverACrashKeeps() {
    int flipped = 0;
    for (int seed = 0; seed < 200; seed++) {
      World world = new World(seed);
      DiskFaults faults = new DiskFaults();
      faults.scattered();
      faults.torn();
      SimulatedDisk disk = forced(world, faults, 5);
      for (int i = 6; i <= 9; i++) {
        disk.append(record(i), false);
        disk.sync(listener);
        world.runUntil(world.now() + World.SECOND);
      }
      disk.append(record(10), false);
      if (disk.flipBit()) {
        flipped++;
        disk.crash();
        assertThatThrownBy(() -> replay(disk)).hasCauseInstanceOf(DamageFound.class)
            .hasMessageContaining("was durable");
      }
    }
    assertThat(flipped).isEqualTo(200);
  }

  @Test
  void whatTheDurableEndMayNotProveIsNotFlipped() {
    assertThat(forced(new World(1), new DiskFaults(), 1).flipBit()).isFalse();
  }

  @Test
  void aLostSectorIsFoundAtTheNextStart() {
    SimulatedDisk disk = forced(new World(1), new DiskFaults(), 3);
    assertThat(disk.loseSector()).isTrue();
    disk.crash();
    assertThatThrownBy(() -> replay(disk)).hasMessageContaining("cannot be read");
  }

  @Test
  void aFullDiskRefusesWithoutLosingWhatItHolds() {
    SimulatedDisk disk = forced(new World(1), new DiskFaults(), 2);
    disk.fill(50);
    disk.append(record(3), false);
    assertThatThrownBy(() -> disk.append(record(4), false))
        .hasCauseInstanceOf(StorageException.class);
    disk.crash();
    assertThat(replay(disk)).startsWith(1, 2).doesNotContain(4);
    disk.free();
    disk.append(record(5), false);
  }

  @Test
  void aHangingForceEndsWhenTheFaultDoes() {
    World world = new World(1);
    DiskFaults faults = new DiskFaults();
    SimulatedDisk disk = forced(world, faults, 1);
    faults.hanging(1);
    disk.append(record(2), false);
    disk.sync(listener);
    world.runUntil(world.now() + World.SECOND);
    assertThat(durable).containsExactly(1L);
    faults.heal();
    disk.heal();
    world.runUntil(world.now() + 10 * World.MILLI);
    assertThat(durable).containsExactly(1L, 2L);
    world.runUntil(world.now() + 100 * World.SECOND);
    assertThat(durable).containsExactly(1L, 2L);
    assertThat(faults.counts().of(FaultKind.HANGING_DISK)).isEqualTo(1);
  }

  @Test
  void aSlowForceTakesLonger() {
    World world = new World(1);
    DiskFaults faults = new DiskFaults();
    SimulatedDisk disk = forced(world, faults, 1);
    disk.takeLongestForce();
    faults.slow(1, 10 * World.SECOND);
    disk.append(record(2), false);
    disk.sync(listener);
    assertThat(disk.takeLongestForce()).isGreaterThan(100 * World.MILLI);
    assertThat(disk.takeLongestForce()).isZero();
  }

  @Test
  void anEmptiedDiskIsAnotherStore() {
    SimulatedDisk disk = forced(new World(1), new DiskFaults(), 3);
    var first = disk.incarnation();
    disk.crash();
    disk.wipe();
    assertThat(disk.open()).isTrue();
    assertThat(disk.incarnation()).isNotEqualTo(first);
    assertThat(replay(disk)).isEmpty();
  }

  @Test
  void anOlderSnapshotNeverTakesThePlaceOfANewerOne() {
    SimulatedDisk disk = new SimulatedDisk(new World(1), "n1", true, new DiskFaults());
    disk.snapshot(SnapshotImage.of(InstanceId.of(9), new byte[] {1}));
    disk.snapshot(SnapshotImage.of(InstanceId.of(7), new byte[] {2}));
    assertThat(disk.snapshot().last()).isEqualTo(InstanceId.of(9));
  }
}
