package com.example.synod;

import io.synod.api.election.WeakLeaderElection;
import io.synod.api.plugin.LayerContext;
import io.synod.api.plugin.Plugins;
import io.synod.api.plugin.Setting;
import io.synod.api.plugin.Settings;
import java.time.Duration;
import java.util.List;

/** The election {@code highest}: the member with the highest id that is heard from leads. */
public final class HighestPlugin implements Plugins.Election {
  /** How often a node says that it is alive. */
  static final Setting<Duration> HEARTBEAT = Setting.duration(
      "example.highest.heartbeat", Duration.ofMillis(50), Duration.ofMillis(1),
      Duration.ofSeconds(10), "highest: how often a node tells the others that it is alive");

  /** When a node counts as gone; never adapted. */
  static final Setting<Duration> TIMEOUT = Setting.duration(
      "example.highest.timeout", Duration.ofMillis(500), Duration.ofMillis(3),
      Duration.ofMinutes(1), "highest: who is silent for so long no longer counts");

  /** For the service loader. */
  public HighestPlugin() {}

  @Override
  public String name() {
    return "highest";
  }

  @Override
  public String meaning() {
    return "highest id heard from within a fixed time (the bully's rule)";
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(HEARTBEAT, TIMEOUT);
  }

  @Override
  public List<String> contradictions(Settings settings) {
    return settings.nanos(TIMEOUT) >= 2 * settings.nanos(HEARTBEAT) ? List.of()
        : List.of(TIMEOUT.key() + " must be at least twice " + HEARTBEAT.key());
  }

  @Override
  public WeakLeaderElection create(LayerContext context) {
    return new HighestElection(context);
  }
}
