package io.synod.consensus.rounds;

import io.synod.api.consensus.RoundBasedConsensus;
import io.synod.api.plugin.LayerContext;
import io.synod.api.plugin.Plugins;
import io.synod.api.reconfig.Authority;
import io.synod.api.register.RoundBasedRegister;

/** What both options have in common: all but the mode. */
abstract class RoundsPlugin implements Plugins.Consensus {
  private final Mode mode;

  RoundsPlugin(Mode mode) {
    this.mode = mode;
  }

  @Override
  public final RoundBasedConsensus create(
      LayerContext context, RoundBasedRegister register, Authority authority) {
    return new Proposer(context.self(), register, authority, mode);
  }
}
