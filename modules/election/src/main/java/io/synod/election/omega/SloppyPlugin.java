package io.synod.election.omega;

import io.synod.api.election.WeakLeaderElection;
import io.synod.api.plugin.LayerContext;
import io.synod.api.plugin.Plugins;
import io.synod.api.plugin.Setting;
import io.synod.api.plugin.Settings;
import java.time.Duration;
import java.util.List;

/**
 * {@code sloppy} (Lampson): everyone that is up broadcasts its name; you lead if you have heard no
 * better name for a round trip. The lowest id is the best name. The round trip is given and never
 * adapted, so that a network slower than that has several leaders, or none that stays.
 */
public final class SloppyPlugin implements Plugins.Election {
  /** The only time-out. */
  public static final Setting<Duration> ROUND_TRIP = Setting.duration(
      "synod.election.round-trip", Duration.ofMillis(500), Duration.ofMillis(3),
      Duration.ofMinutes(1), "sloppy: who is silent for so long no longer counts; never adapted");

  @Override
  public String name() {
    return "sloppy";
  }

  @Override
  public String meaning() {
    return "best name heard within a round trip (Lampson)";
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(OmegaPlugin.HEARTBEAT, ROUND_TRIP);
  }

  @Override
  public List<String> contradictions(Settings settings) {
    return Tuning.contradictions(settings, ROUND_TRIP);
  }

  @Override
  public WeakLeaderElection create(LayerContext context) {
    return new OmegaElection(
        context, Tuning.constant(context.settings(), ROUND_TRIP, Rules.SLOPPY));
  }
}
