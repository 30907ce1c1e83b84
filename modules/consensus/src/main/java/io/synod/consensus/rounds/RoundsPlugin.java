package io.synod.consensus.rounds;

import io.synod.api.consensus.RoundBasedConsensus;
import io.synod.api.model.ConsensusMode;
import io.synod.api.plugin.LayerContext;
import io.synod.api.plugin.Plugins;
import io.synod.api.reconfig.Authority;
import io.synod.api.register.RoundBasedRegister;
import java.util.Optional;

/** What both options have in common: all but the mode. */
abstract class RoundsPlugin implements Plugins.Consensus {
  private final ConsensusMode mode;

  RoundsPlugin(ConsensusMode mode) {
    this.mode = mode;
  }

  @Override
  public final Optional<ConsensusMode> mode() {
    return Optional.of(mode);
  }

  @Override
  public final RoundBasedConsensus create(
      LayerContext context, RoundBasedRegister register, Authority authority) {
    return new Proposer(
        new Ballots(context.self(), context.incarnation(), authority), register, authority, mode);
  }
}
