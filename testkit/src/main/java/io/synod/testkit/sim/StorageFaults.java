package io.synod.testkit.sim;

import java.util.Set;
import java.util.TreeSet;

/**
 * Disks that lose, refuse, delay or damage what they are given. Damage beyond a crash is asked of
 * the atlas, and a store is damaged once: then its node is out until its operator empties it.
 */
final class StorageFaults implements FaultFamily {
  private static final int SPACE_LEFT = 4096;

  private final Chaos chaos;
  private final DiskFaults disks;
  private final SeededRandom random;
  private final Set<Integer> damaged = new TreeSet<>();

  StorageFaults(Chaos chaos, DiskFaults disks) {
    this.chaos = chaos;
    this.disks = disks;
    this.random = chaos.random();
  }

  /** What is in memory only has no disk to be at fault; only snapshots take their time. */
  @Override
  public void start(FaultKind kind) {
    if (chaos.atlas().stable() || kind == FaultKind.SLOW_DISK) {
      startKind(kind);
    }
  }

  private void startKind(FaultKind kind) {
    switch (kind) {
      case SCATTERED_WRITES -> disks.scattered();
      case TORN_WRITES -> disks.torn();
      case FAILING_DISK -> disks.failing(0.001 * random.nextDouble());
      case SLOW_DISK -> disks.slow(0.05 * random.nextDouble(), 200 * World.MILLI);
      case HANGING_DISK -> disks.hanging(0.0003 * random.nextDouble());
      case FULL_DISK -> chaos.every(5 * World.SECOND, this::fill);
      case BIT_FLIP -> chaos.every(6 * World.SECOND, () -> hurt(kind));
      case SECTOR_ERROR -> chaos.every(6 * World.SECOND, () -> hurt(kind));
      case WIPED_DISK -> chaos.every(6 * World.SECOND, () -> replace(kind));
      case OLD_COPY -> chaos.every(6 * World.SECOND, () -> replace(kind));
      default -> { }
    }
  }

  private void fill() {
    SimulatedNode node = chaos.any();
    node.disk().fill(random.nextInt(SPACE_LEFT));
    chaos.later(random.exponential(2 * World.SECOND), node.disk()::free);
  }

  /** A journal is read at a start only: half of the victims crash at once. */
  private void hurt(FaultKind kind) {
    SimulatedNode node = chaos.any();
    if (!node.up() || damaged.contains(node.index()) || !chaos.atlas().damage(node.id())) {
      return;
    }
    boolean hurt = kind == FaultKind.BIT_FLIP
        ? node.disk().flipBit() : node.disk().loseSector();
    if (hurt) {
      chaos.count(kind);
      damaged.add(node.index());
      if (random.nextBoolean()) {
        node.crash();
      }
    }
  }

  private void replace(FaultKind kind) {
    SimulatedNode node = chaos.any();
    if (!node.up() || !chaos.atlas().damage(node.id())) {
      return;
    }
    chaos.count(kind);
    node.crash();
    emptied(node);
    if (kind == FaultKind.OLD_COPY) {
      node.asNewIncarnation();
    }
  }

  /** The store of that node is empty now, and may be damaged again. */
  void emptied(SimulatedNode node) {
    node.disk().wipe();
    damaged.remove(node.index());
  }
}
