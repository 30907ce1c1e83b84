package io.synod.testkit.sim;

import io.synod.api.effect.Timers;
import io.synod.api.message.Message;
import io.synod.api.model.NodeId;
import io.synod.api.plugin.LayerContext;
import io.synod.api.replication.ReplicatedStateMachine;
import io.synod.api.transport.MessageCodec;
import io.synod.testkit.oracle.Life;
import io.synod.testkit.oracle.Observer;
import io.synod.testkit.oracle.Replica;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

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
  private LedgerMachine machine;
  private Life life;
  private int starts;
  private long busyUntil;
  private long turnCost;
  private boolean inTurn;
  private Consumer<SimulatedNode> onStopped = node -> {};

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

  /** Told when the node stops by itself: a planned crash or a failed force. */
  void onStopped(Consumer<SimulatedNode> listener) {
    onStopped = listener;
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

  int starts() {
    return starts;
  }

  SimulatedClock clock() {
    return clock;
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
    observer.started(life);
    effects = new SimulatedEffects(life, disk, spec.codec(), observer, this::leave);
    machine = spec.machines().apply(life);
    busyUntil = world.now();
    process = spec.processes().create(nodeWorld());
    run(() -> {
      disk.replay(this::recover);
      effects.replayed();
      process.start(fresh);
    });
  }

  private NodeWorld nodeWorld() {
    Life own = life;
    SimulatedSnapshots snapshots =
        new SimulatedSnapshots(disk, (delay, turn) -> later(own, delay, turn));
    LayerContext context = new LayerContext(
        id, own.incarnation(), spec.founders(), effects, clock, this::timer,
        world.stream("node " + id + " start " + starts), line -> {}, spec.settings());
    return new NodeWorld(own, context, snapshots, machine, observer);
  }

  private void recover(ByteBuffer bytes) {
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
    if (process == null) {
      return;
    }
    world.trace(TraceHash.mix(index, world.now()));
    process = null;
    inbox.clear();
    disk.crash();
    observer.stopped(life);
    onStopped.accept(this);
  }

  /** Plans a crash within the next effects, wherever they happen. */
  void crashAfter(int count) {
    effects.crashAfter(count);
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
    if (process != null) {
      effects.crashAfter(-1);
      world.after(0, this::drain);
    }
  }

  /** Bytes of a peer. */
  void arrived(NodeId from, byte[] bytes) {
    if (process == null) {
      return;
    }
    event(() -> {
      Message message = network.decode(bytes);
      observer.received(life, from, message);
      process.onMessage(from, message);
    });
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
      crash();
    } catch (RuntimeException | Error broken) {
      Failures.report(world, spec.findings(), life, broken);
    } finally {
      inTurn = false;
    }
    if (turnCost > 0) {
      busyUntil = Math.max(busyUntil, world.now() + pace.nextLong(turnCost));
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
    }
  }

  private Timers.Timer timer(long delayNanos, Runnable task) {
    Life own = life;
    OneTimer timer = new OneTimer(task);
    world.after(clock.worldDelay(delayNanos), () -> {
      if (timer.task != null && own == life && process != null) {
        world.trace(index);
        event(timer);
      }
    });
    return timer;
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
    crash();
  }

  /** Has the state of its machine compared with others. */
  void compareState() {
    machine.compareState();
  }

  /** How it stands, to compare replicas. */
  Replica replica() {
    return new Replica(life, process.applied(), machine.count(), machine.digest());
  }

  private static final class OneTimer implements Timers.Timer, Runnable {
    private Runnable task;

    OneTimer(Runnable task) {
      this.task = task;
    }

    @Override
    public void run() {
      if (task != null) {
        Runnable once = task;
        task = null;
        once.run();
      }
    }

    @Override
    public void cancel() {
      task = null;
    }
  }
}
