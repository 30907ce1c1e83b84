package io.synod.testkit.contract;

import io.synod.api.effect.Clock;
import io.synod.api.effect.Effects;
import io.synod.api.effect.Events;
import io.synod.api.effect.Timers;
import io.synod.api.message.Message;
import io.synod.api.message.RegisterMessage.Reply;
import io.synod.api.message.RegisterMessage.Request;
import io.synod.api.model.NodeId;
import io.synod.api.plugin.LayerContext;
import io.synod.api.reconfig.Authority;
import io.synod.api.register.LocalAcceptor;
import io.synod.api.register.RoundBasedRegister;
import io.synod.api.storage.DurableRecord;
import io.synod.testkit.sim.Variant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * One process over its lives: the acceptor, the register and the authority of a variant, and a
 * journal. Hands messages on as a node does; what a suite puts on top is added by extending.
 */
class LayerNode implements Effects, Timers, Clock {
  private final NodeId id;
  private final LayerWorld<?> world;
  private final List<DurableRecord> journal = new ArrayList<>();
  private Authority authority;
  private LocalAcceptor acceptor;
  private RoundBasedRegister register;
  private int life;
  private boolean up;

  LayerNode(NodeId id, LayerWorld<?> world) {
    this.id = id;
    this.world = world;
  }

  /** Comes up, from its journal if it has one. */
  final void start() {
    up = true;
    Variant variant = world.variant();
    LayerContext context = new LayerContext(
        id, LayerWorld.incarnation(id), world.founders(), this, this, this,
        new Random(LayerWorld.incarnation(id).number()), Events.NONE, variant.settings());
    authority = variant.reconfig().create(context);
    acceptor = variant.register().acceptor(context, authority);
    register = variant.register().register(context, variant::quorums);
    compose(context);
    List.copyOf(journal).forEach(this::recover);
    acceptor.founding(world.founders().member(id).isPresent());
    turn(this::begin);
  }

  /** Its memory is lost, its journal is not. */
  final void crash() {
    up = false;
    life++;
  }

  final void restart() {
    crash();
    start();
  }

  /** Only the checkpoint is left of the journal. */
  final void compact(DurableRecord.Checkpoint checkpoint) {
    journal.clear();
    journal.add(checkpoint);
  }

  /** Makes what lies on top. */
  void compose(LayerContext context) {}

  void recover(DurableRecord record) {
    authority.recover(record);
    acceptor.recover(record);
  }

  /** All is replayed. */
  void begin() {}

  /** Its acceptor has answered. */
  void asked() {}

  /** A message for what lies on top. */
  void onMessage(NodeId from, Message message) {
    throw new AssertionError(id + " has no layer for " + message + " of " + from);
  }

  void endOfTurn() {
    register.flush();
  }

  final void turn(Runnable step) {
    step.run();
    endOfTurn();
  }

  final void hear(NodeId from, Message message) {
    if (up) {
      turn(() -> dispatch(from, message));
    }
  }

  private void dispatch(NodeId from, Message message) {
    if (message instanceof Request request) {
      acceptor.onRequest(from, request);
      asked();
    } else if (message instanceof Reply reply) {
      register.onReply(from, reply);
    } else {
      onMessage(from, message);
    }
  }

  final NodeId id() {
    return id;
  }

  final boolean isUp() {
    return up;
  }

  final int life() {
    return life;
  }

  final LayerWorld<?> world() {
    return world;
  }

  final Authority authority() {
    return authority;
  }

  final LocalAcceptor acceptor() {
    return acceptor;
  }

  final RoundBasedRegister register() {
    return register;
  }

  final List<DurableRecord> journal() {
    return List.copyOf(journal);
  }

  @Override
  public final void persist(DurableRecord record) {
    journal.add(record);
  }

  @Override
  public final void send(NodeId to, Message message) {
    world.send(new LayerWorld.Sent(id, to, message));
  }

  @Override
  public final void sendNow(NodeId to, Message message) {
    send(to, message);
  }

  @Override
  public final void whenDurable(Runnable then) {
    after(0, then);
  }

  @Override
  public final void dropBeforeCheckpoint() {
    throw new AssertionError("none of these layers decides what of the journal may go");
  }

  @Override
  public final Timer after(long delayNanos, Runnable task) {
    return world.after(this, delayNanos, task);
  }

  @Override
  public final long nanos() {
    return world.now();
  }

  @Override
  public final long wallMillis() {
    return world.now() / LayerWorld.MS;
  }
}
