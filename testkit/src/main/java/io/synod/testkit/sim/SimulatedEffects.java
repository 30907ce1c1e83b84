package io.synod.testkit.sim;

import io.synod.api.effect.Effects;
import io.synod.api.message.Message;
import io.synod.api.model.NodeId;
import io.synod.api.storage.DurableRecord;
import io.synod.api.transport.MessageCodec;
import io.synod.testkit.oracle.Life;
import io.synod.testkit.oracle.Observer;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The durability order of the simulator, the one class that knows it. What is sent waits until
 * everything persisted before it is forced; what is sent now leaves at the end of the turn. Every
 * effect is a point at which a crash may be planned.
 */
final class SimulatedEffects implements Effects {
  private final Life life;
  private final SimulatedDisk disk;
  private final MessageCodec codec;
  private final Observer observer;
  private final Outlet outlet;
  private final Deque<Gated> gated = new ArrayDeque<>();
  private final Deque<Gated> leaving = new ArrayDeque<>();
  private final Deque<Message> toSelf = new ArrayDeque<>();
  private final Deque<Persisted> unforced = new ArrayDeque<>();
  private long durable;
  private long steps;
  private int stepsToCrash = -1;
  private FaultKind crashKind = FaultKind.CRASH_AT_EFFECT;

  /** Where messages to others leave. */
  interface Outlet {
    /** One message leaves for the network. */
    void leave(NodeId to, Message message);
  }

  SimulatedEffects(
      Life life, SimulatedDisk disk, MessageCodec codec, Observer observer, Outlet outlet) {
    this.life = life;
    this.disk = disk;
    this.codec = codec;
    this.observer = observer;
    this.outlet = outlet;
  }

  @Override
  public void persist(DurableRecord record) {
    crashPoint();
    boolean checkpoint = record.startsSegment();
    long position = disk.append(codec.encodeRecord(record), checkpoint);
    unforced.add(new Persisted(position, record));
    observer.persisted(life, record);
    crashPoint();
  }

  @Override
  public void send(NodeId to, Message message) {
    later(new Gated(disk.appended(), to, message, null));
  }

  @Override
  public void sendNow(NodeId to, Message message) {
    leaving.add(new Gated(0, to, message, null));
  }

  @Override
  public void whenDurable(Runnable then) {
    later(new Gated(disk.appended(), null, null, then));
  }

  @Override
  public void dropBeforeCheckpoint() {
    disk.dropBeforeCheckpoint();
  }

  private void later(Gated effect) {
    if (gated.isEmpty() && effect.position <= durable && effect.then == null) {
      leaving.add(effect);
    } else {
      gated.add(effect);
    }
  }

  /** Everything up to {@code position} is durable: what waited for it goes on. */
  void durable(long position) {
    durable = position;
    while (!unforced.isEmpty() && unforced.peek().position <= position) {
      observer.forced(life, unforced.poll().record);
    }
    openGates();
  }

  /** Lets go on whatever waits for nothing any more; true if something did. */
  boolean openGates() {
    boolean any = false;
    while (!gated.isEmpty() && gated.peek().position <= durable) {
      Gated effect = gated.poll();
      any = true;
      if (effect.then == null) {
        leaving.add(effect);
      } else {
        effect.then.run();
      }
    }
    return any;
  }

  /** The next message to itself, or null. */
  Message nextToSelf() {
    return toSelf.poll();
  }

  boolean quiet() {
    return toSelf.isEmpty();
  }

  /**
   * What waits for nothing leaves, in the order of the calls, also what goes to the node itself:
   * otherwise an answer to itself would overtake an older one to a peer.
   */
  void leave() {
    Gated effect = leaving.poll();
    while (effect != null) {
      crashPoint();
      observer.sent(life, effect.to, effect.message);
      if (effect.to.equals(life.node())) {
        toSelf.add(effect.message);
      } else {
        outlet.leave(effect.to, effect.message);
      }
      effect = leaving.poll();
    }
  }

  /** What was read back is durable. */
  void replayed() {
    durable = disk.durable();
  }

  /** Whether records wait for a force. */
  boolean unforced() {
    return !unforced.isEmpty();
  }

  /** Plans a crash so many effects from now. */
  void crashAfter(int effects) {
    crashAfter(effects, FaultKind.CRASH_AT_EFFECT);
  }

  /** The same, on behalf of that fault. */
  void crashAfter(int steps, FaultKind kind) {
    stepsToCrash = steps;
    crashKind = kind;
  }

  /** How many points at which a crash could have been planned have passed. */
  long steps() {
    return steps;
  }

  /** Something at which a crash may be planned. */
  void crashPoint() {
    steps++;
    if (stepsToCrash >= 0 && stepsToCrash-- == 0) {
      throw new CrashSignal(crashKind);
    }
  }

  private record Gated(long position, NodeId to, Message message, Runnable then) {}

  private record Persisted(long position, DurableRecord record) {}
}
