package io.synod.consensus.rounds;

import io.synod.api.consensus.RoundBasedConsensus;
import io.synod.api.model.Ballot;
import io.synod.api.model.Configuration;
import io.synod.api.model.Era;
import io.synod.api.model.InstanceId;
import io.synod.api.model.NodeId;
import io.synod.api.model.Value;
import io.synod.api.reconfig.Authority;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes down what a proposer tells the layer above, and lets the authority know. */
final class Told implements RoundBasedConsensus.Listener {
  private final List<String> all = new ArrayList<>();
  private final List<NodeId> asked = new ArrayList<>();
  private final Authority authority;

  Told(Authority authority) {
    this.authority = authority;
  }

  List<String> take() {
    List<String> taken = List.copyOf(all);
    all.clear();
    return taken;
  }

  @Override
  public void decided(Ballot ballot, InstanceId instance, Value value) {
    all.add("decided " + instance + " " + FakeRegister.tag(value) + " in " + ballot);
    authority.decided(value);
  }

  @Override
  public void ready(Ballot ballot) {
    all.add("ready " + ballot);
  }

  @Override
  public void settled(Ballot ballot) {
    all.add("settled " + ballot);
  }

  @Override
  public void handedOver(Ballot ballot, Era era) {
    all.add("handed over to " + ballot + " in era " + era);
  }

  @Override
  public void asks(Configuration configuration) {
    asked.addAll(configuration.ids());
  }

  /** Who must be reachable, though no era that is known names it. */
  List<NodeId> asked() {
    return asked;
  }

  @Override
  public void activated(Era era, Configuration configuration) {
    all.add("active " + era + " of " + configuration.ids());
    authority.activate(era, configuration);
  }

  @Override
  public void deposed(Ballot higher, boolean wasReady) {
    all.add("deposed by " + higher + (wasReady ? "" : " while preparing"));
  }

  @Override
  public void mustLearn(InstanceId upTo, Optional<NodeId> holder) {
    all.add("must learn up to " + upTo + " from " + holder.map(NodeId::name).orElse("anybody"));
  }
}
