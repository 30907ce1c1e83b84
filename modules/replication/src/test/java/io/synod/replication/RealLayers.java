package io.synod.replication;

import io.synod.api.consensus.RoundBasedConsensus;
import io.synod.api.effect.Snapshots;
import io.synod.api.model.Configuration;
import io.synod.api.model.QuorumSystem;
import io.synod.api.plugin.LayerContext;
import io.synod.api.reconfig.Authority;
import io.synod.api.register.LocalAcceptor;
import io.synod.api.register.RoundBasedRegister;
import io.synod.api.replication.StateMachine;
import io.synod.broadcast.pipelined.PipelinedBroadcastPlugin;
import io.synod.consensus.rounds.FastConsensusPlugin;
import io.synod.election.omega.OmegaPlugin;
import io.synod.quorum.MajorityPlugin;
import io.synod.reconfig.log.LogReconfigPlugin;
import io.synod.register.plugin.StableRegisterPlugin;
import java.util.function.Function;

/** A node of the real layers that are the default, over a world in memory. */
final class RealLayers {
  private RealLayers() {}

  static NodeCore core(
      LayerContext context, boolean stable, StateMachine machine, Snapshots snapshots) {
    return new NodeCore(layers(context, stable, machine, snapshots));
  }

  static Layers layers(
      LayerContext context, boolean stable, StateMachine machine, Snapshots snapshots) {
    Function<Configuration, QuorumSystem> quorums = majorities(context);
    StableRegisterPlugin registers = new StableRegisterPlugin();
    Authority authority = new LogReconfigPlugin().create(context);
    LocalAcceptor acceptor = registers.acceptor(context, authority);
    RoundBasedRegister register = registers.register(context, quorums);
    RoundBasedConsensus consensus =
        new FastConsensusPlugin().create(context, register, authority);
    return new Layers(
        context, stable, true, quorums, authority, acceptor, register, consensus,
        new OmegaPlugin().create(context),
        new PipelinedBroadcastPlugin().create(
            context, consensus, acceptor, authority, snapshots),
        machine, snapshots);
  }

  /** Majorities of whoever votes; no other quorum system is known. */
  static Function<Configuration, QuorumSystem> majorities(LayerContext context) {
    MajorityPlugin majority = new MajorityPlugin();
    return configuration -> {
      if (!configuration.quorum().equals(majority.name())) {
        throw new IllegalArgumentException("no quorum system is named " + configuration.quorum());
      }
      return majority.create(configuration.acceptors(), context.settings());
    };
  }
}
