package io.synod.testkit.sim;

import io.synod.api.broadcast.TotalOrderBroadcast;
import io.synod.api.consensus.RoundBasedConsensus;
import io.synod.api.effect.Effects;
import io.synod.api.effect.Snapshots;
import io.synod.api.election.WeakLeaderElection;
import io.synod.api.model.Configuration;
import io.synod.api.model.QuorumSystem;
import io.synod.api.passive.View;
import io.synod.api.plugin.LayerContext;
import io.synod.api.plugin.Settings;
import io.synod.api.reconfig.Authority;
import io.synod.api.reconfig.MasterCell;
import io.synod.api.register.LocalAcceptor;
import io.synod.api.register.RoundBasedRegister;
import io.synod.api.replication.StateMachine;
import io.synod.register.leased.LeaseTimes;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * What one life of a node is put together from: the layers of a variant and the world around
 * them. Immutable: each method gives a copy in which one part is replaced by what the function
 * makes of it. The oracles look on from outside of all that is replaced.
 */
public final class NodeParts {
  private final Variant variant;
  private final NodeWorld world;
  private final UnaryOperator<NodeProcess> around;

  private NodeParts(Variant variant, NodeWorld world, UnaryOperator<NodeProcess> around) {
    this.variant = variant;
    this.world = world;
    this.around = around;
  }

  static NodeParts of(Variant variant, NodeWorld world) {
    return new NodeParts(variant, world, UnaryOperator.identity());
  }

  Variant variant() {
    return variant;
  }

  NodeWorld world() {
    return world;
  }

  NodeProcess finished(NodeProcess process) {
    return around.apply(process);
  }

  /** What every layer may use, as it stands in these parts. */
  public LayerContext context() {
    return world.context();
  }

  /** Other effects, for all layers. */
  public NodeParts effects(UnaryOperator<Effects> change) {
    LayerContext c = context();
    return with(new LayerContext(
        c.self(), c.incarnation(), c.founders(), change.apply(c.effects()), c.clock(), c.timers(),
        c.random(), c.events(), c.settings()));
  }

  /** Other settings, for all layers. */
  public NodeParts settings(UnaryOperator<Settings> change) {
    LayerContext c = context();
    return with(new LayerContext(
        c.self(), c.incarnation(), c.founders(), c.effects(), c.clock(), c.timers(), c.random(),
        c.events(), change.apply(c.settings())));
  }

  private NodeParts with(LayerContext context) {
    return with(new NodeWorld(
        world.life(), context, world.snapshots(), world.machine(), world.observer(),
        world.master(), world.passives()));
  }

  private NodeParts with(NodeWorld other) {
    return new NodeParts(variant, other, around);
  }

  private NodeParts with(Variant other) {
    return new NodeParts(other, world, around);
  }

  /** Other snapshots. */
  public NodeParts snapshots(UnaryOperator<Snapshots> change) {
    return with(new NodeWorld(
        world.life(), context(), change.apply(world.snapshots()), world.machine(),
        world.observer(), world.master(), world.passives()));
  }

  /** Another state machine under the sessions. */
  public NodeParts machine(UnaryOperator<StateMachine> change) {
    return with(new NodeWorld(
        world.life(), context(), world.snapshots(), change.apply(world.machine()),
        world.observer(), world.master(), world.passives()));
  }

  /** Another quorum system, of which the oracles do not know. */
  public NodeParts quorum(UnaryOperator<QuorumSystem> change) {
    return with(variant.with(new AlteredPlugins.Quorum(variant.quorum(), change)));
  }

  /** Another acceptor. */
  public NodeParts acceptor(BiFunction<LayerContext, LocalAcceptor, LocalAcceptor> change) {
    return with(variant.with(
        new AlteredPlugins.Register(variant.register(), change, (context, inner) -> inner)));
  }

  /** Another proposer's side of the register. */
  public NodeParts register(UnaryOperator<RoundBasedRegister> change) {
    return with(variant.with(new AlteredPlugins.Register(
        variant.register(), (context, inner) -> inner,
        (context, inner) -> change.apply(inner))));
  }

  /** Another world for the proposer's side of the register alone. */
  public NodeParts registerContext(UnaryOperator<LayerContext> change) {
    return with(variant.with(new AlteredPlugins.Proposing(variant.register(), change)));
  }

  /** The quorums of a configuration, as these parts count them. */
  public QuorumSystem quorums(Configuration configuration) {
    return variant.quorums(configuration);
  }

  /** Another proposer. */
  public NodeParts consensus(UnaryOperator<RoundBasedConsensus> change) {
    return with(variant.with(new AlteredPlugins.Consensus(variant.consensus(), change)));
  }

  /** Another election. */
  public NodeParts election(BiFunction<LayerContext, WeakLeaderElection, WeakLeaderElection> how) {
    return with(variant.with(new AlteredPlugins.Election(variant.election(), how)));
  }

  /** Another authority over configurations. */
  public NodeParts reconfig(UnaryOperator<Authority> change) {
    return with(variant.with(new AlteredPlugins.Reconfig(variant.reconfig(), change)));
  }

  /** Another way to the configuration master. */
  public NodeParts master(UnaryOperator<MasterCell> change) {
    return with(new NodeWorld(
        world.life(), context(), world.snapshots(), world.machine(), world.observer(),
        change.apply(world.master()), world.passives()));
  }

  /** Passive acceptors in which other things are read than are there. */
  public NodeParts passiveViews(UnaryOperator<View> change) {
    world.passives().tamper(t -> new PassiveTamper(change, t.readsFirst(), t.times()));
    return this;
  }

  /** Passive acceptors that are read before they are written to. */
  public NodeParts passivesReadFirst() {
    world.passives().tamper(t -> new PassiveTamper(t.views(), true, t.times()));
    return this;
  }

  /** Plain memory that is written to under other times of the lease. */
  public NodeParts passiveTimes(UnaryOperator<LeaseTimes> change) {
    world.passives().tamper(t -> new PassiveTamper(t.views(), t.readsFirst(), change));
    return this;
  }

  /** Another total order broadcast. */
  public NodeParts broadcast(UnaryOperator<TotalOrderBroadcast> change) {
    return with(variant.with(new AlteredPlugins.Broadcast(variant.broadcast(), change)));
  }

  /** Something in front of the finished node. */
  public NodeParts process(UnaryOperator<NodeProcess> change) {
    Function<NodeProcess, NodeProcess> both = around.andThen(change);
    return new NodeParts(variant, world, both::apply);
  }
}
