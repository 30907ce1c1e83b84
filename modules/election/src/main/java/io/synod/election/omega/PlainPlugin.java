package io.synod.election.omega;

import io.synod.api.election.WeakLeaderElection;
import io.synod.api.plugin.LayerContext;
import io.synod.api.plugin.Plugins;
import io.synod.api.plugin.Setting;
import io.synod.api.plugin.Settings;
import java.util.List;

/**
 * {@code plain}: Ω for processes that crash and stop. Trusts, and takes for the leader, the lowest
 * id that is not suspected; a time-out is lengthened each time it proves wrong. How often a process
 * has crashed does not count: one that does so for ever and has the lowest id is trusted for ever,
 * and nobody gets anything done (Deconstructing Paxos §6.2). {@link SpringPlugin} is the answer.
 */
public final class PlainPlugin implements Plugins.Election {
  @Override
  public String name() {
    return "plain";
  }

  @Override
  public String meaning() {
    return "lowest id heard from, for processes that do not recover; time-outs only grow";
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(OmegaPlugin.HEARTBEAT, OmegaPlugin.TIMEOUT);
  }

  @Override
  public List<String> contradictions(Settings settings) {
    return Tuning.contradictions(settings, OmegaPlugin.TIMEOUT);
  }

  @Override
  public WeakLeaderElection create(LayerContext context) {
    return new OmegaElection(context, Tuning.growing(context.settings(), Rules.PLAIN));
  }
}
