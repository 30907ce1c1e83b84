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
import io.synod.api.storage.DurableRecord;
import io.synod.api.storage.DurableRecord.StoredOneC;
import io.synod.register.leased.LeaseTimes;
import io.synod.testkit.oracle.Life;
import io.synod.testkit.oracle.Observer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;

/**
 * The passive acceptors of a world: disks with an area for each process, which keep what is written
 * to them, or databases, where all processes write to the same rows. What goes wrong is up to
 * {@link PassiveFaults}.
 */
final class SimulatedPassives {
  private static final long SLOW = 50 * World.MILLI;
  private static final long HANGING = 2 * World.SECOND;
  /** Stands for all processes. */
  private static final NodeId ROWS = NodeId.of("rows");
  /** Of the writes to memory under a lease so many are late, whatever is turned on. */
  private static final double LATE = 0.02;
  private static final int PERCENT = 100;

  private final World world;
  private final Observer observer;
  private final SeededRandom random;
  private final Map<NodeId, Disk> disks = new TreeMap<>();
  private final List<Runnable> hung = new ArrayList<>();
  private final FaultCounts counts;
  private final String scheme;
  private final LeaseTimes leaseTimes;
  private final int drift;
  private double failing;
  private double torn;
  private double slow;
  private double hanging;

  /** What an exchange has come to. */
  enum Fate { DONE, NOTHING_WRITTEN, PARTLY_WRITTEN, NOT_READ }

  /** One disk: what each process has written, in order. */
  private static final class Disk {
    private final Incarnation store;
    private final Map<NodeId, List<DurableRecord>> records = new TreeMap<>();
    private final Map<NodeId, Area> areas = new TreeMap<>();
    private final Map<NodeId, Long> openings = new TreeMap<>();
    private final Set<NodeId> cutOff = new TreeSet<>();
    private final LeasedMemory memory = new LeasedMemory();
    private boolean away;

    Disk(Incarnation store) {
      this.store = store;
    }
  }

  /**
   * In that world, without faults at first.
   *
   * @param scheme of their addresses; databases do in one transaction what takes disks several,
   *     and plain memory is written to under a lease, whose times are drawn
   */
  SimulatedPassives(World world, Observer observer, FaultCounts counts, String scheme) {
    this.world = world;
    this.observer = observer;
    this.counts = counts;
    this.random = world.stream("passive acceptors");
    this.scheme = scheme;
    SeededRandom times = world.stream("times of leased memory");
    this.drift = times.nextInt(21);
    long write = (5 + times.nextInt(46)) * World.MILLI;
    long least = LeaseTimes.leastTerm(write, drift);
    this.leaseTimes = LeaseTimes.within(write, least + 1 + times.nextLong(8 * least), drift);
  }

  /** The way of a process to one of them. */
  PassiveAccess access(NodeId process, NodeId id, BooleanSupplier gone, PassiveTamper tamper) {
    return scheme.equals("leased") ? new LeasedAccess(this, process, id, gone, tamper)
        : new StoredAccess(this, process, id, gone, tamper);
  }

  /** What is safe while clocks and writes keep their bounds; for memory under a lease. */
  LeaseTimes leaseTimes() {
    return leaseTimes;
  }

  /** How long a step may take, at the most, since others may write; nothing for disks. */
  long patience() {
    return scheme.equals("leased") ? leaseTimes.patience() : 0;
  }

  /** How fast a process' clock runs at memory under a lease. */
  double clockRate() {
    double off = random.nextBoolean() ? 1 : random.nextDouble();
    return 1 + (random.nextBoolean() ? off : -off) * drift / PERCENT;
  }

  LeasedMemory memory(NodeId id) {
    return disk(id).memory;
  }

  /** After how long a write to memory under a lease has its effect. */
  long writing() {
    boolean late = happens(FaultKind.PASSIVE_SLOW, slow) || random.chance(LATE);
    return late ? random.nextLong(leaseTimes.write())
        : Math.min(leaseTimes.write(), World.MILLI / 4 + random.exponential(World.MILLI / 2));
  }

  /** Whether a new holder puts together what it finds. */
  boolean isPutTogether() {
    return random.nextBoolean();
  }

  /** How often a step fails before or after its writing. */
  void failing(double chance) {
    failing = chance;
  }

  /** How often a step breaks off in its writing. */
  void torn(double chance) {
    torn = chance;
  }

  /** How often a part of a step takes long. */
  void slow(double chance) {
    slow = chance;
  }

  /** How often a part of a step does not end for seconds. */
  void hanging(double chance) {
    hanging = chance;
  }

  /** Those that somebody has looked for, in their order. */
  List<NodeId> known() {
    return List.copyOf(disks.keySet());
  }

  /** Whether nobody reaches it from now on. */
  void away(NodeId id, boolean whether) {
    disk(id).away = whether;
  }

  /** The process does not reach it from now on. */
  void cut(NodeId id, NodeId process) {
    disk(id).cutOff.add(process);
  }

  /** The process reaches it again. */
  void join(NodeId id, NodeId process) {
    disk(id).cutOff.remove(process);
  }

  World world() {
    return world;
  }

  /** Whether {@code process} reaches the disk now. */
  boolean reaches(NodeId process, NodeId id) {
    Disk disk = disk(id);
    return !disk.away && !disk.cutOff.contains(process);
  }

  Incarnation store(NodeId id) {
    return disk(id).store;
  }

  /** Like a disk that is made when it is first looked for. */
  private Disk disk(NodeId id) {
    return disks.computeIfAbsent(
        id, key -> new Disk(new Incarnation(1 + random.nextLong(1L << 40))));
  }

  /** What was under way of an earlier opening does not come there any more. */
  long open(NodeId process, NodeId id) {
    return disk(id).openings.merge(process, 1L, Long::sum);
  }

  boolean isOpen(NodeId process, NodeId id, long opening) {
    return disk(id).openings.get(process) == opening;
  }

  List<DurableRecord> own(NodeId process, NodeId id) {
    return List.copyOf(disk(id).records.getOrDefault(atomic() ? ROWS : process, List.of()));
  }

  /** Draws what becomes of an exchange. */
  Fate fate() {
    if (happens(FaultKind.PASSIVE_FAILING, failing)) {
      return random.nextBoolean() ? Fate.NOTHING_WRITTEN : Fate.NOT_READ;
    }
    return happens(FaultKind.PASSIVE_TORN, torn) ? Fate.PARTLY_WRITTEN : Fate.DONE;
  }

  private boolean happens(FaultKind kind, double chance) {
    boolean happens = random.chance(chance);
    if (happens) {
      counts.add(kind);
    }
    return happens;
  }

  /** Adds to the area of {@code process}, all or, torn, only the first records. */
  void write(NodeId process, NodeId id, List<DurableRecord> records, Fate fate) {
    if (fate == Fate.NOTHING_WRITTEN || records.isEmpty()) {
      return;
    }
    Disk disk = disk(id);
    List<DurableRecord> all = disk.records.computeIfAbsent(process, key -> new ArrayList<>());
    if (records.get(0) instanceof DurableRecord.Checkpoint && fate != Fate.PARTLY_WRITTEN) {
      all.clear();
    }
    List<DurableRecord> written = part(records, fate);
    all.addAll(written);
    Area area = disk.areas.computeIfAbsent(process, key -> new Area());
    written.forEach(area::apply);
  }

  /** What is written of these. */
  List<DurableRecord> part(List<DurableRecord> records, Fate fate) {
    return switch (fate) {
      case NOTHING_WRITTEN -> List.of();
      case PARTLY_WRITTEN -> records.subList(0, random.nextInt(records.size()));
      case DONE, NOT_READ -> records;
    };
  }

  /** Whether they are databases, in which all processes write to the same rows. */
  boolean atomic() {
    return scheme.equals("jdbc");
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

  /** Goes on with {@code then} once a part of an exchange is done there. */
  void later(Runnable then) {
    if (happens(FaultKind.PASSIVE_HANGING, hanging)) {
      hung.add(then);
      world.after(World.SECOND + random.exponential(HANGING), () -> goOn(then));
      return;
    }
    long usual = World.MILLI / 4 + random.exponential(World.MILLI / 2);
    world.after(happens(FaultKind.PASSIVE_SLOW, slow)
        ? usual + random.exponential(SLOW) : usual, then);
  }

  private void goOn(Runnable then) {
    if (hung.remove(then)) {
      then.run();
    }
  }

  boolean isWrittenAfterCrash() {
    return random.nextBoolean();
  }

  /** Nothing goes wrong any more, and nothing hangs. */
  void heal() {
    failing = 0;
    torn = 0;
    slow = 0;
    hanging = 0;
    disks.values().forEach(disk -> {
      disk.away = false;
      disk.cutOff.clear();
    });
    List.copyOf(hung).forEach(then -> world.after(0, () -> goOn(then)));
  }
}
