package io.synod.register.lease;

import io.synod.api.effect.Clock;
import io.synod.api.effect.Events;
import io.synod.api.plugin.LayerContext;
import io.synod.api.plugin.Settings;
import io.synod.register.Fixtures;
import io.synod.register.RecordingEffects;
import java.util.Random;

/** A clock that moves when told, at a rate of its own, from an origin below zero. */
final class DriftingClock implements Clock {
  private double nanos = -1e12;
  private double rate = 1;

  void rate(double ofTrueTime) {
    rate = ofTrueTime;
  }

  /** True time passes. */
  void advance(long trueNanos) {
    nanos += trueNanos * rate;
  }

  static void advance(long trueNanos, DriftingClock... all) {
    for (DriftingClock each : all) {
      each.advance(trueNanos);
    }
  }

  LayerContext context(Settings settings) {
    return new LayerContext(
        Fixtures.N1, Fixtures.STORE, Fixtures.THREE, new RecordingEffects(), this,
        new Fixtures.ManualTimers(), new Random(1), Events.NONE, settings);
  }

  @Override
  public long nanos() {
    return (long) nanos;
  }

  @Override
  public long wallMillis() {
    return 0;
  }
}
