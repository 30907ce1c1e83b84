package io.synod.consensus.rounds;

import io.synod.api.model.Configuration;
import io.synod.api.model.QuorumSystem;
import io.synod.api.plugin.LayerContext;
import io.synod.api.plugin.Plugins;
import io.synod.api.plugin.Quorums;
import io.synod.api.plugin.Settings;
import io.synod.api.reconfig.Authority;
import io.synod.quorum.MajorityPlugin;
import io.synod.reconfig.log.LogReconfigPlugin;
import io.synod.register.acceptor.Durability;
import java.util.function.Function;

/** What the nodes of a world differ in from those of another. */
record Layers(
    Durability durability, Plugins.Quorum quorum, Function<LayerContext, Authority> authority) {
  static final Layers FALL = new Layers(
      Durability.STABLE, new MajorityPlugin(), context -> new LogReconfigPlugin().create(context));

  Function<Configuration, QuorumSystem> quorums() {
    return new Quorums(named -> quorum, Settings.DEFAULTS);
  }
}
