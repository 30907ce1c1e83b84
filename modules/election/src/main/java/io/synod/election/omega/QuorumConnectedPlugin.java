package io.synod.election.omega;

import io.synod.api.election.WeakLeaderElection;
import io.synod.api.plugin.LayerContext;
import io.synod.api.plugin.Plugins;
import io.synod.api.plugin.Setting;
import io.synod.api.plugin.Settings;
import java.util.List;

/**
 * {@code quorum-connected}: as {@link OmegaPlugin}, for networks in which not everybody hears
 * everybody (OmniPaxos: Ng, Haridi, Carbone 2023). There a node stands only while it hears a
 * majority, which is enough for a leader; but one who hears the leader and no majority never learns
 * of it, as nobody confirms it there. Here the word of a trusted node that trusts itself is enough
 * to follow it, so that all neighbours of a hub can bring it their commands. To lead oneself still
 * takes the reports of a majority; a follower that is misled only forwards in vain.
 */
public final class QuorumConnectedPlugin implements Plugins.Election {
  @Override
  public String name() {
    return "quorum-connected";
  }

  @Override
  public String meaning() {
    return "as omega; whoever hears the leader follows it, also without a majority in reach";
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(OmegaPlugin.HEARTBEAT, OmegaPlugin.TIMEOUT, OmegaPlugin.CAP, OmegaPlugin.CALM);
  }

  @Override
  public List<String> contradictions(Settings settings) {
    return OmegaPlugin.boundedContradictions(settings);
  }

  @Override
  public WeakLeaderElection create(LayerContext context) {
    return new OmegaElection(context, Tuning.bounded(context.settings(), Rules.QUORUM_CONNECTED));
  }
}
