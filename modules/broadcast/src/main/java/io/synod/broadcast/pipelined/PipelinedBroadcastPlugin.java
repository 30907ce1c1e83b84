package io.synod.broadcast.pipelined;

import io.synod.api.broadcast.TotalOrderBroadcast;
import io.synod.api.consensus.RoundBasedConsensus;
import io.synod.api.effect.Snapshots;
import io.synod.api.plugin.LayerContext;
import io.synod.api.plugin.Plugins;
import io.synod.api.plugin.Setting;
import io.synod.api.reconfig.Authority;
import io.synod.api.register.LocalAcceptor;
import java.util.List;

/** The option {@code pipelined}: adaptive batches, a bounded pipeline of instances. */
public final class PipelinedBroadcastPlugin implements Plugins.Broadcast {
  @Override
  public String name() {
    return "pipelined";
  }

  @Override
  public String meaning() {
    return "batches what waits, several instances on their way, delivery in order (figure 9)";
  }

  @Override
  public List<Setting<?>> settings() {
    return BroadcastSettings.all();
  }

  @Override
  public TotalOrderBroadcast create(
      LayerContext context, RoundBasedConsensus consensus, LocalAcceptor acceptor,
      Authority authority, Snapshots snapshots) {
    return new PipelinedBroadcast(context, consensus, acceptor, authority, snapshots);
  }
}
