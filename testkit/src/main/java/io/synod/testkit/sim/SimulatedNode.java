package io.synod.testkit.sim;

import io.synod.api.message.Message;
import io.synod.api.model.Eras;
import io.synod.api.model.NodeId;
import io.synod.api.plugin.LayerContext;
import io.synod.api.plugin.Settings;
import io.synod.api.replication.ReplicatedStateMachine;
import io.synod.api.storage.StorageException;
import io.synod.api.transport.MessageCodec;
import io.synod.replication.AdmissionRefused;
import io.synod.replication.ReplicationSettings;
import io.synod.testkit.oracle.Life;
import io.synod.testkit.oracle.Observer;
import io.synod.testkit.oracle.Replica;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * One node through all its lives. A turn is: one event, messages to itself until quiet, the end
 * of the turn, then a force is asked for and messages leave. A busy or paused node takes what has
 * come meanwhile in one turn afterwards.
 */
final class SimulatedNode implements SimulatedDisk.ForceListener {
  private final ClusterSpec spec;
  private final int index;
  private final NodeId id;
  private final World world;
  private final SimulatedDisk disk;
  private final SimulatedClock clock;
  private final SimulatedNetwork network;
  private final Observer observer;
  private final Deque<Runnable> inbox = new ArrayDeque<>();
  private final SeededRandom pace;
  private SimulatedEffects effects;
  private NodeProcess process;
  private PassiveDesk desk;
  private LedgerMachine machine;
  private Life life;
  private int starts;
  private long busyUntil;
  private long turnCost;
  private boolean inTurn;
  private boolean newIncarnation;
  private boolean starting;
  private int startStepsToCrash = -1;
  private int snapshotStepsToCrash = -1;
  private NodeWatcher watcher = new NodeWatcher() {};

  SimulatedNode(ClusterSpec spec, int index, SimulatedNetwork network, SimulatedDisk disk) {
    this.spec = spec;
    this.index = index;
    this.id = spec.ids().get(index);
    this.world = spec.world();
    this.network = network;
    this.disk = disk;
    this.observer = spec.observer();
    this.pace = world.stream("pace " + id);
    this.clock = new SimulatedClock(world, world.stream("clock " + id).nextLong(1L << 40));
  }

  void watch(NodeWatcher newWatcher) {
    watcher = newWatcher;
  }

  int index() {
    return index;
  }

  NodeId id() {
    return id;
  }

  boolean up() {
    return process != null;
  }

  /** Whether it is up and takes itself for the leader. */
  boolean leading() {
    return process != null && process.leading();
  }

  /** Whether it trusts that node to lead; not to be asked when it is down. */
  boolean trusts(NodeId leader) {
    return process.leader().filter(leader::equals).isPresent();
  }

  /** How far it has applied; not to be asked when it is down. */
  long applied() {
    return process.applied().number();
  }

  SimulatedDisk disk() {
    return disk;
  }

  int starts() {
    return starts;
  }

  SimulatedClock clock() {
    return clock;
  }

  /** Whether no change of members is on its way, as far as it knows. */
  boolean changesNothing() {
    return eras().made().equals(eras().active());
  }

  Eras eras() {
    return process.eras();
  }

  /** Its present life; null when it is down. */
  NodeProcess process() {
    return process;
  }

  ReplicatedStateMachine machine() {
    return process.machine();
  }

  /** Opens the store, replays it and takes part. */
  void start() {
    starts++;
    boolean fresh = disk.open();
    life = new Life(id, disk.incarnation(), starts, spec.processes().stable());
    world.trace(TraceHash.mix(starts, index));
    network.restarted(index);
    observer.started(life);
    effects = new SimulatedEffects(life, disk, spec.codec(), observer, this::leave);
    machine = spec.machines().apply(life);
    busyUntil = world.now();
    process = spec.processes().create(nodeWorld());
    effects.crashAfter(startStepsToCrash, FaultKind.CRASH_AT_START);
    startStepsToCrash = -1;
    starting = true;
    run(() -> takePart(fresh));
    starting = false;
  }

  private void takePart(boolean fresh) {
    try {
      disk.replay(this::recover);
    } catch (StorageException e) {
      throw new UncheckedIOException(e);
    }
    effects.replayed();
    process.start(fresh);
  }

  private NodeWorld nodeWorld() {
    Life own = life;
    desk = new PassiveDesk(
        spec.passives(), own, () -> own == life && process != null,
        (from, message) -> event(() -> take(from, message)));
    SimulatedSnapshots snapshots =
        new SimulatedSnapshots(disk, (delay, turn) -> later(own, delay, turn),
            this::snapshotCrashPoint);
    Settings settings = newIncarnation
        ? spec.settings().with(ReplicationSettings.NEW_INCARNATION, true) : spec.settings();
    SimulatedTimers timers = new SimulatedTimers(
        world, clock, () -> own == life && process != null, this::timerFired);
    LayerContext context = new LayerContext(
        id, own.incarnation(), spec.founders(), effects, clock, timers,
        world.stream("node " + id + " start " + starts), line -> {}, settings);
    return new NodeWorld(own, context, snapshots, machine, observer,
        spec.master().cell((delay, turn) -> later(own, delay, turn)), desk);
  }

  private void recover(ByteBuffer bytes) {
    effects.crashPoint();
    try {
      var record = spec.codec().decodeRecord(bytes);
      observer.recovered(life, record);
      process.recover(record);
    } catch (MessageCodec.MalformedException e) {
      throw new IllegalStateException("the codec does not read the record that it wrote", e);
    }
  }

  /** Stops without warning: memory is gone, the disk keeps what it keeps. */
  void crash() {
    stop(Stop.CRASHED);
  }

  private void stop(Stop why) {
    if (process == null) {
      return;
    }
    world.trace(TraceHash.mix(index, world.now()));
    process = null;
    inbox.clear();
    snapshotStepsToCrash = -1;
    disk.crash();
    observer.stopped(life);
    watcher.stopped(this, why);
  }

  /** Those of its present life, in which a crash may be planned. */
  SimulatedEffects effects() {
    return effects;
  }

  /** Plans a crash within the first steps of the next start: records replayed, then effects. */
  void crashInStart(int steps) {
    startStepsToCrash = steps;
  }

  /** Plans a crash right before (0) or right after (1) a snapshot becomes the newest. */
  void crashAtSnapshot(int step) {
    snapshotStepsToCrash = step;
  }

  private void snapshotCrashPoint() {
    if (snapshotStepsToCrash >= 0 && snapshotStepsToCrash-- == 0) {
      throw new CrashSignal(FaultKind.CRASH_AT_SNAPSHOT);
    }
  }

  /** The operator lets an empty store in under this id, from the next start on. */
  void asNewIncarnation() {
    newIncarnation = true;
  }

  /** Stands still for a while: everything that comes is taken afterwards. */
  void pause(long nanos) {
    busyUntil = Math.max(busyUntil, world.now() + nanos);
  }

  /** What a turn costs at most. */
  void turnCost(long nanos) {
    turnCost = nanos;
  }

  /** No longer paused or slow. */
  void heal() {
    turnCost = 0;
    busyUntil = Math.min(busyUntil, world.now());
    clock.rate(1.0);
    disk.heal();
    startStepsToCrash = -1;
    snapshotStepsToCrash = -1;
    if (process != null) {
      effects.crashAfter(-1);
      world.after(0, this::drain);
    }
  }

  /** Bytes of a peer. */
  void arrived(NodeId from, byte[] bytes) {
    if (process == null) {
      world.observer().lost(spec.ids().indexOf(from), index, network.decode(bytes), "down");
      return;
    }
    event(() -> take(from, network.decode(bytes)));
  }

  private void take(NodeId from, Message message) {
    observer.received(life, from, message);
    process.onMessage(from, message);
  }

  /** Runs {@code event} as a turn, at once or when the node is free again. */
  void event(Runnable event) {
    if (process == null) {
      return;
    }
    if (world.now() < busyUntil || !inbox.isEmpty() || inTurn) {
      if (inbox.isEmpty()) {
        world.after(busyUntil - world.now(), this::drain);
      }
      inbox.add(event);
    } else {
      run(event);
    }
  }

  private void drain() {
    if (process == null || inbox.isEmpty()) {
      return;
    }
    if (world.now() < busyUntil) {
      world.after(busyUntil - world.now(), this::drain);
      return;
    }
    run(() -> {
      Runnable next = inbox.poll();
      while (next != null && process != null) {
        next.run();
        next = inbox.poll();
      }
    });
  }

  private void run(Runnable event) {
    inTurn = true;
    try {
      event.run();
      endTurn();
    } catch (CrashSignal planned) {
      watcher.crashedAsPlanned(planned.kind());
      crash();
    } catch (AdmissionRefused refused) {
      stop(Stop.REFUSED);
    } catch (UncheckedIOException broken) {
      failed(broken);
    } catch (RuntimeException | Error broken) {
      Failures.report(world, spec.findings(), life, broken);
    } finally {
      inTurn = false;
    }
    if (turnCost > 0) {
      busyUntil = Math.max(busyUntil, world.now() + pace.nextLong(turnCost));
    }
  }

  /** As in the runtime: whatever the storage says, the node stops. */
  private void failed(UncheckedIOException broken) {
    if (broken.getCause() instanceof DamageFound && starting) {
      stop(Stop.DAMAGED);
    } else if (broken.getCause() instanceof StorageException) {
      stop(Stop.STORAGE_FAILED);
    } else {
      Failures.report(world, spec.findings(), life, broken);
    }
  }

  private void endTurn() {
    if (process == null) {
      return;
    }
    boolean called;
    do {
      drainSelf();
      process.endOfTurn();
      called = effects.openGates();
      if (effects.unforced()) {
        disk.sync(this);
      }
      effects.leave();
    } while (called || !effects.quiet());
  }

  private void drainSelf() {
    Message message = effects.nextToSelf();
    while (message != null) {
      process.onMessage(id, message);
      message = effects.nextToSelf();
    }
  }

  private void leave(NodeId to, Message message) {
    int target = spec.ids().indexOf(to);
    if (target >= 0) {
      network.send(index, target, message);
    } else {
      desk.onMessage(to, message);
    }
  }

  private void timerFired(Runnable timer) {
    world.trace(index);
    event(timer);
  }

  private void later(Life own, long delay, Runnable turn) {
    world.after(delay, () -> {
      if (own == life) {
        event(turn);
      }
    });
  }

  @Override
  public void durable(long position) {
    event(() -> effects.durable(position));
  }

  @Override
  public void failed() {
    stop(Stop.STORAGE_FAILED);
  }

  /** Has the state of its machine compared with others. */
  void compareState() {
    machine.compareState();
  }

  /** How it stands, to compare replicas. */
  Replica replica() {
    return new Replica(life, process.applied(), machine.count(), machine.digest());
  }
}
