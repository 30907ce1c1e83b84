package io.synod.broadcast.pipelined;

import io.synod.api.consensus.RoundBasedConsensus;
import io.synod.api.consensus.RoundBasedConsensus.Status;
import io.synod.api.effect.Timers;
import io.synod.api.model.InstanceId;
import io.synod.api.plugin.LayerContext;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * "While I am the leader, try with ever higher rounds" (figure 9): starts the proposer when the
 * election says so, again after it was refused, with a growing random pause so that two rivals
 * do not starve each other for ever.
 */
final class Leadership {
  private static final long PAUSE_NANOS = Duration.ofMillis(10).toNanos();
  private static final int MOST_DOUBLINGS = 5;

  private final LayerContext context;
  private final RoundBasedConsensus consensus;
  private final Supplier<InstanceId> decided;
  private boolean elected;
  private int refusals;
  private Timers.Timer pause;

  Leadership(
      LayerContext context, RoundBasedConsensus consensus, Supplier<InstanceId> decided) {
    this.context = context;
    this.consensus = consensus;
    this.decided = decided;
  }

  void elected(boolean leading) {
    if (elected == leading) {
      return;
    }
    elected = leading;
    refusals = 0;
    cancelPause();
    if (leading) {
      begin();
    } else if (consensus.status() != Status.IDLE) {
      consensus.resign();
    }
  }

  void ready() {
    refusals = 0;
  }

  /** The first refusal usually only means that somebody knew a higher ballot: go on at once. */
  void refused(boolean wasReady) {
    if (!elected) {
      return;
    }
    refusals++;
    cancelPause();
    long bound = PAUSE_NANOS << Math.min(refusals, MOST_DOUBLINGS);
    boolean atOnce = refusals == 1 && !wasReady;
    long nanos = atOnce ? 0 : context.random().nextLong(bound / 2, bound);
    pause = context.timers().after(nanos, this::begin);
  }

  private void begin() {
    pause = null;
    if (elected && consensus.status() == Status.IDLE) {
      consensus.lead(decided.get().next());
    }
  }

  private void cancelPause() {
    if (pause != null) {
      pause.cancel();
      pause = null;
    }
  }
}
