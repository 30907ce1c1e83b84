package io.synod.consensus.rounds;

import static org.assertj.core.api.Assertions.assertThat;

import io.synod.api.consensus.RoundBasedConsensus;
import io.synod.api.effect.Effects;
import io.synod.api.message.Message;
import io.synod.api.message.RegisterMessage.Reply;
import io.synod.api.message.RegisterMessage.Request;
import io.synod.api.model.Ballot;
import io.synod.api.model.Configuration;
import io.synod.api.model.ConsensusMode;
import io.synod.api.model.Era;
import io.synod.api.model.Incarnation;
import io.synod.api.model.InstanceId;
import io.synod.api.model.NodeId;
import io.synod.api.model.Value;
import io.synod.api.plugin.LayerContext;
import io.synod.api.reconfig.Authority;
import io.synod.api.storage.DurableRecord;
import io.synod.register.acceptor.NodeAcceptor;
import io.synod.register.set.AcceptorSetRegister;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One node of the world: hands messages on as a real node does, and counts what they cost. */
final class WorldNode implements Effects, RoundBasedConsensus.Listener {
  private final NodeId id;
  private final Incarnation store;
  private final World world;
  private final Authority authority;
  private final NodeAcceptor acceptor;
  private final AcceptorSetRegister register;
  private final Proposer proposer;
  private final List<Value> decided = new ArrayList<>();
  private final List<Ballot> deposedBy = new ArrayList<>();
  private final List<DurableRecord> persisted = new ArrayList<>();
  private int delays;
  private int forces;
  private int persistedInTurn;

  /** {@code founding}: with the first store of its id. */
  WorldNode(NodeId id, ConsensusMode mode, World world, boolean founding) {
    int number = id.name().charAt(1) - '0';
    this.id = id;
    this.store = new Incarnation(founding ? number : 10 + number);
    this.world = world;
    Layers layers = world.layers();
    LayerContext context = world.context(id, store, this);
    this.authority = layers.authority().apply(context);
    this.acceptor = new NodeAcceptor(context, authority, layers.durability());
    this.register = new AcceptorSetRegister(context, layers.quorums());
    this.proposer = new Proposer(new Ballots(id, store, authority), register, authority, mode);
    acceptor.founding(founding);
    proposer.listener(this);
  }

  Authority authority() {
    return authority;
  }

  NodeId id() {
    return id;
  }

  Incarnation store() {
    return store;
  }

  Proposer proposer() {
    return proposer;
  }

  AcceptorSetRegister register() {
    return register;
  }

  /** Has learned what that node knows to be decided, and holds it. */
  void learnFrom(WorldNode other) {
    for (Value value : other.decided.subList(decided.size(), other.decided.size())) {
      decided.add(value);
      authority.decided(value);
    }
    acceptor.held(InstanceId.of(decided.size()));
  }

  Ballot promised() {
    return acceptor.promised();
  }

  /** What this node knows to be decided, from instance 1 on. */
  List<Value> decided() {
    return decided;
  }

  List<Ballot> deposedBy() {
    return deposedBy;
  }

  /** All records so far. */
  List<DurableRecord> persisted() {
    return persisted;
  }

  /** Messages between nodes, one after the other, that led to its latest turn. */
  int delays() {
    return delays;
  }

  /** Forced writes, one after the other, that led to its latest turn. */
  int forces() {
    return forces;
  }

  void lead() {
    proposer.lead(InstanceId.of(decided.size() + 1L));
  }

  void turn(List<World.Sent> taken) {
    delays = 0;
    forces = 0;
    persistedInTurn = 0;
    for (World.Sent sent : taken) {
      delays = Math.max(delays, sent.delays());
      forces = Math.max(forces, sent.forces());
    }
    for (World.Sent sent : taken) {
      if (sent.message() instanceof Request request) {
        acceptor.onRequest(sent.from(), request);
        proposer.onBallotSeen(acceptor.promised());
      } else {
        register.onReply(sent.from(), (Reply) sent.message());
      }
    }
    proposer.flush();
  }

  @Override
  public void persist(DurableRecord record) {
    persisted.add(record);
    persistedInTurn = 1;
  }

  @Override
  public void send(NodeId to, Message message) {
    emit(to, message, forces + persistedInTurn);
  }

  @Override
  public void sendNow(NodeId to, Message message) {
    emit(to, message, forces);
  }

  private void emit(NodeId to, Message message, int afterForces) {
    int hop = to.equals(id) ? 0 : 1;
    world.send(new World.Sent(id, to, message, delays + hop, afterForces));
  }

  @Override
  public void whenDurable(Runnable then) {
    then.run();
  }

  @Override
  public void dropBeforeCheckpoint() {
    throw new AssertionError("the proposer takes no snapshots");
  }

  @Override
  public void decided(Ballot ballot, InstanceId instance, Value value) {
    assertThat(instance.number()).as("in order, without gaps").isEqualTo(decided.size() + 1L);
    decided.add(value);
    authority.decided(value);
  }

  @Override
  public void ready(Ballot ballot) {
    assertThat(ballot.proposer()).isEqualTo(id);
  }

  @Override
  public void settled(Ballot ballot) {
    assertThat(ballot.proposer()).isEqualTo(id);
  }

  @Override
  public void deposed(Ballot higher, boolean wasReady) {
    deposedBy.add(higher);
  }

  @Override
  public void mustLearn(InstanceId upTo, Optional<NodeId> holder) {
    throw new AssertionError("no acceptor here ever drops a vote");
  }

  @Override
  public void handedOver(Ballot ballot, Era era) {
    assertThat(ballot.proposer()).isEqualTo(id);
  }

  @Override
  public void activated(Era era, Configuration configuration) {
    authority.activate(era, configuration);
  }

  @Override
  public void asks(Configuration configuration) {}
}
