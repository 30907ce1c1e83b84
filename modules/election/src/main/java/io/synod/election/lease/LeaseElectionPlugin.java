package io.synod.election.lease;

import io.synod.api.election.WeakLeaderElection;
import io.synod.api.plugin.LayerContext;
import io.synod.api.plugin.Plugins;
import io.synod.api.plugin.Setting;
import io.synod.api.plugin.Settings;
import io.synod.election.omega.OmegaPlugin;
import io.synod.link.Drift;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code lease}: leads who holds a lease that a majority has granted, so that at most one node
 * leads at a time while clocks keep their bound. See the package for the inequality.
 */
public final class LeaseElectionPlugin implements Plugins.Election {
  /** Of this option. */
  public static final String NAME = "lease";

  /** How long a grant lasts, and how long a voter that starts waits. */
  public static final Setting<Duration> LEASE = Setting.duration("synod.election.lease",
      Duration.ofSeconds(1), Duration.ofMillis(10), Duration.ofMinutes(1),
      "lease: how long a majority grants leadership to one node; a voter that starts grants nothing"
          + " for as long. The same on all nodes");

  private static final int BEATS_PER_LEASE = 4;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String meaning() {
    return "leads who holds a lease of a majority, one node at a time (Lampson)";
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(
        LEASE, Drift.BOUND, OmegaPlugin.HEARTBEAT, OmegaPlugin.TIMEOUT, OmegaPlugin.CAP,
        OmegaPlugin.CALM);
  }

  /** A holder renews in time, and its lease does not hold up a successor beyond any time-out. */
  @Override
  public List<String> contradictions(Settings settings) {
    List<String> found = new ArrayList<>(new OmegaPlugin().contradictions(settings));
    long usable = Drift.usable(settings.nanos(LEASE), settings);
    if (usable < BEATS_PER_LEASE * settings.nanos(OmegaPlugin.HEARTBEAT)) {
      found.add(text(settings, LEASE) + ", less what clocks drift, is less than "
          + BEATS_PER_LEASE + " times " + text(settings, OmegaPlugin.HEARTBEAT)
          + ": one lost message would end the lease of a healthy leader");
    }
    if (settings.get(LEASE).compareTo(settings.get(OmegaPlugin.CAP)) > 0) {
      found.add(text(settings, LEASE) + " is longer than the election time-out allows, "
          + text(settings, OmegaPlugin.CAP)
          + ": the lease of a leader that failed would hold up its successor");
    }
    return List.copyOf(found);
  }

  private static String text(Settings settings, Setting<Duration> setting) {
    return setting.key() + " = " + settings.get(setting).toMillis() + "ms";
  }

  @Override
  public WeakLeaderElection create(LayerContext c) {
    LayerContext candidates = new LayerContext(
        c.self(), c.incarnation(), c.founders(), c.effects(), c.clock(), c.timers(), c.random(),
        line -> c.events().note("who asks for the lease: " + line), c.settings());
    return new LeaseElection(c, new OmegaPlugin().create(candidates));
  }
}
