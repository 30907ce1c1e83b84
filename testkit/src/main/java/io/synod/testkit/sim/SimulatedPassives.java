package io.synod.testkit.sim;

import io.synod.api.message.Message;
import io.synod.api.model.Ballot;
import io.synod.api.model.Era;
import io.synod.api.model.Incarnation;
import io.synod.api.model.InstanceId;
import io.synod.api.model.NodeId;
import io.synod.api.passive.Area;
import io.synod.api.passive.Step;
import io.synod.api.passive.View;
import io.synod.api.storage.DurableRecord.StoredOneC;
import io.synod.api.storage.DurableRecord;
import io.synod.testkit.oracle.Life;
import io.synod.testkit.oracle.Observer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The passive acceptors of a world: disks with an area for each process, which keep what is written
 * to them. As long as faults go on, they are away for a while, for all or for one process, and
 * exchanges are late, fail before, in the middle of or after the writing.
 */
final class SimulatedPassives {
  private static final long PRESENT = 6 * World.SECOND;
  private static final long ABSENT = World.SECOND;
  /** Stands for all processes. */
  private static final NodeId ROWS = NodeId.of("rows");

  private final World world;
  private final Observer observer;
  private final SeededRandom random;
  private final Map<NodeId, Disk> disks = new TreeMap<>();
  private final double failures;
  private final double slowness;
  private final boolean leaves;
  private final boolean atomic;
  private boolean faulty;

  /** What an exchange has come to. */
  enum Fate { DONE, NOTHING_WRITTEN, PARTLY_WRITTEN, NOT_READ }

  /** One disk: what each process has written, in order. */
  private static final class Disk {
    private final Incarnation store;
    private final Map<NodeId, List<DurableRecord>> records = new TreeMap<>();
    private final Map<NodeId, Area> areas = new TreeMap<>();
    private final Map<NodeId, Long> openings = new TreeMap<>();
    private boolean away;
    private NodeId awayFor;

    Disk(Incarnation store) {
      this.store = store;
    }
  }

  /**
   * In that world.
   *
   * @param faulty whether anything may go wrong
   * @param scheme of their addresses; databases do in one transaction what takes disks several
   */
  SimulatedPassives(World world, Observer observer, boolean faulty, String scheme) {
    this.world = world;
    this.observer = observer;
    this.random = world.stream("passive acceptors");
    this.faulty = faulty;
    this.atomic = scheme.equals("jdbc");
    this.failures = random.nextBoolean() ? random.nextDouble(0.1) : 0;
    this.slowness = random.nextBoolean() ? random.nextDouble(0.3) : 0;
    this.leaves = random.nextBoolean();
  }

  World world() {
    return world;
  }

  /** Whether {@code process} reaches the disk now. */
  boolean reaches(NodeId process, NodeId id) {
    Disk disk = disk(id);
    return !disk.away && !process.equals(disk.awayFor);
  }

  Incarnation store(NodeId id) {
    return disk(id).store;
  }

  /** Like a disk that is made when it is first looked for. */
  private Disk disk(NodeId id) {
    Disk disk = disks.get(id);
    if (disk == null) {
      disk = new Disk(new Incarnation(1 + random.nextLong(1L << 40)));
      disks.put(id, disk);
      if (faulty && leaves) {
        leaveSometimes(disk);
      }
    }
    return disk;
  }

  /** What was under way of an earlier opening does not come there any more. */
  long open(NodeId process, NodeId id) {
    return disk(id).openings.merge(process, 1L, Long::sum);
  }

  boolean isOpen(NodeId process, NodeId id, long opening) {
    return disk(id).openings.get(process) == opening;
  }

  List<DurableRecord> own(NodeId process, NodeId id) {
    return List.copyOf(disk(id).records.getOrDefault(atomic ? ROWS : process, List.of()));
  }

  /** Draws what becomes of an exchange. */
  Fate fate() {
    if (!faulty || !random.chance(failures)) {
      return Fate.DONE;
    }
    Fate[] failed = {Fate.NOTHING_WRITTEN, Fate.PARTLY_WRITTEN, Fate.NOT_READ};
    return failed[random.nextInt(failed.length)];
  }

  /** Adds to the area of {@code process}, all or, torn, only the first records. */
  void write(NodeId process, NodeId id, List<DurableRecord> records, Fate fate) {
    if (fate == Fate.NOTHING_WRITTEN || records.isEmpty()) {
      return;
    }
    boolean torn = fate == Fate.PARTLY_WRITTEN;
    Disk disk = disk(id);
    List<DurableRecord> all = disk.records.computeIfAbsent(process, key -> new ArrayList<>());
    if (records.get(0) instanceof DurableRecord.Checkpoint && !torn) {
      all.clear();
    }
    int count = torn ? random.nextInt(records.size()) : records.size();
    all.addAll(records.subList(0, count));
    Area area = disk.areas.computeIfAbsent(process, key -> new Area());
    records.subList(0, count).forEach(area::apply);
  }

  /** Whether they are databases, in which all processes write to the same rows. */
  boolean atomic() {
    return atomic;
  }

  /** One transaction: written unless more is promised there, then read. */
  View swap(NodeId id, Step step, Fate fate) {
    Disk disk = disk(id);
    Area all = disk.areas.computeIfAbsent(ROWS, key -> new Area());
    View before = all.view(Optional.empty());
    boolean refused = step.ballot().compareTo(Ballot.BOTTOM) > 0
        && (step.ballot().before(before.promised()) || leavesEra(step, before.adopted()));
    if (!refused) {
      write(ROWS, id, step.records(), fate == Fate.PARTLY_WRITTEN ? Fate.NOTHING_WRITTEN : fate);
    }
    return all.view(step.votesFrom());
  }

  private static boolean leavesEra(Step step, Era adopted) {
    return step.records().stream().anyMatch(record -> record instanceof StoredOneC stored
        && stored.oneC().era().compareTo(adopted) < 0);
  }

  /** What the other processes have written. */
  View others(NodeId process, NodeId id, Optional<InstanceId> votesFrom) {
    List<Area> areas = new ArrayList<>();
    disk(id).areas.forEach((owner, area) -> {
      if (!owner.equals(process)) {
        areas.add(area);
      }
    });
    return Area.view(areas, votesFrom);
  }

  /** The passive acceptor says that to the process, at this moment. */
  void says(NodeId id, Life to, Message message) {
    observer.passiveSaid(id, to, message);
  }

  long delay() {
    long usual = World.MILLI / 4 + random.exponential(World.MILLI / 2);
    return faulty && random.chance(slowness) ? usual + random.exponential(50 * World.MILLI) : usual;
  }

  boolean isWrittenAfterCrash() {
    return random.nextBoolean();
  }

  private void leaveSometimes(Disk disk) {
    world.after(random.exponential(PRESENT), () -> {
      if (!faulty) {
        return;
      }
      boolean forAll = random.nextBoolean();
      disk.away = forAll;
      disk.awayFor = forAll ? null : NodeId.of("n" + (1 + random.nextInt(3)));
      world.after(random.exponential(ABSENT), () -> {
        disk.away = false;
        disk.awayFor = null;
        leaveSometimes(disk);
      });
    });
  }

  /** Nothing goes wrong any more. */
  void heal() {
    faulty = false;
    disks.values().forEach(disk -> {
      disk.away = false;
      disk.awayFor = null;
    });
  }
}
