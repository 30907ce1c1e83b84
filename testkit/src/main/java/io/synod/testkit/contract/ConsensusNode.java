package io.synod.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.synod.api.consensus.RoundBasedConsensus;
import io.synod.api.consensus.RoundBasedConsensus.Status;
import io.synod.api.model.Ballot;
import io.synod.api.model.Configuration;
import io.synod.api.model.Era;
import io.synod.api.model.InstanceId;
import io.synod.api.model.NodeId;
import io.synod.api.model.Value;
import io.synod.api.plugin.LayerContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A proposer over the layers below, and what it tells the layer above. */
final class ConsensusNode extends LayerNode implements RoundBasedConsensus.Listener {
  private final List<Value> decided = new ArrayList<>();
  private final List<Deposed> deposed = new ArrayList<>();
  private final List<InstanceId> mustLearn = new ArrayList<>();
  private final List<Ballot> settled = new ArrayList<>();
  private RoundBasedConsensus consensus;

  /** Deposed by a higher ballot, which had the own one until then. */
  record Deposed(Ballot higher, boolean wasReady) {}

  ConsensusNode(NodeId id, LayerWorld<?> world) {
    super(id, world);
  }

  @Override
  void compose(LayerContext context) {
    consensus = world().variant().consensus().create(context, register(), authority());
    consensus.listener(this);
  }

  @Override
  void asked() {
    consensus.onBallotSeen(acceptor().promised());
  }

  @Override
  void endOfTurn() {
    consensus.flush();
  }

  RoundBasedConsensus consensus() {
    return consensus;
  }

  void lead() {
    turn(() -> consensus.lead(InstanceId.of(decided.size() + 1L)));
  }

  void propose(Value value) {
    turn(() -> consensus.propose(value));
  }

  boolean isReady() {
    return consensus.status() == Status.READY;
  }

  /** What it knows to be decided, from the first instance on. */
  List<Value> decided() {
    return List.copyOf(decided);
  }

  List<Deposed> deposed() {
    return List.copyOf(deposed);
  }

  List<InstanceId> mustLearn() {
    return List.copyOf(mustLearn);
  }

  List<Ballot> settled() {
    return List.copyOf(settled);
  }

  /** Learns, by another way than its own proposals, what is decided; and holds it. */
  void learn(List<Value> prefix) {
    turn(() -> {
      prefix.subList(Math.min(decided.size(), prefix.size()), prefix.size()).forEach(this::add);
      InstanceId upTo = InstanceId.of(decided.size());
      acceptor().held(upTo);
      consensus.onDecided(upTo);
    });
  }

  private void add(Value value) {
    decided.add(value);
    authority().decided(value);
  }

  @Override
  public void decided(Ballot ballot, InstanceId instance, Value value) {
    assertThat(instance.number()).as("in order, without gaps").isEqualTo(decided.size() + 1L);
    add(value);
  }

  @Override
  public void ready(Ballot ballot) {
    ours(ballot);
    assertThat(consensus.status()).isEqualTo(Status.READY);
  }

  @Override
  public void settled(Ballot ballot) {
    ours(ballot);
    settled.add(ballot);
  }

  @Override
  public void handedOver(Ballot ballot, Era era) {
    ours(ballot);
    assertThat(era).isEqualTo(consensus.era());
  }

  private void ours(Ballot ballot) {
    assertThat(ballot.proposer()).isEqualTo(id());
    assertThat(consensus.ballot()).contains(ballot);
  }

  @Override
  public void activated(Era era, Configuration configuration) {
    authority().activate(era, configuration);
  }

  @Override
  public void asks(Configuration configuration) {}

  @Override
  public void deposed(Ballot higher, boolean wasReady) {
    assertThat(consensus.status()).isEqualTo(Status.IDLE);
    deposed.add(new Deposed(higher, wasReady));
  }

  @Override
  public void mustLearn(InstanceId upTo, Optional<NodeId> holder) {
    mustLearn.add(upTo);
  }
}
