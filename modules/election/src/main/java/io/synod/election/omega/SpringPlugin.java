package io.synod.election.omega;

import io.synod.api.election.WeakLeaderElection;
import io.synod.api.plugin.LayerContext;
import io.synod.api.plugin.Plugins;
import io.synod.api.plugin.Setting;
import io.synod.api.plugin.Settings;
import java.util.List;

/**
 * {@code spring}: figures 17 and 28 of Deconstructing Paxos and nothing else, for processes that
 * crash and recover for ever. Each counts its own recoveries; all spread these epochs with
 * I-AM-ALIVE, and trust the lowest (epoch, id) among those that are not silent. A time-out is
 * lengthened each time it proves wrong, without a bound. Somebody leads once a majority trusts it.
 *
 * <p>What {@link OmegaPlugin} adds is not there: whoever comes back with a lower (epoch, id) takes
 * over from a leader in place, losing a ballot counts against nobody, time-outs never come back,
 * and a process that hears no majority is trusted as long as others hear it. Two things are kept:
 * RECOVERED carries the epoch itself instead of adding one, since it may come twice; and at first
 * nobody is trusted, where the figure trusts all.
 */
public final class SpringPlugin implements Plugins.Election {
  @Override
  public String name() {
    return "spring";
  }

  @Override
  public String meaning() {
    return "lowest (starts, id) trusted by a majority; time-outs only grow (figures 17, 28)";
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
    return new OmegaElection(context, Tuning.growing(context.settings(), Rules.SPRING));
  }
}
