package io.synod.register.lease;

import io.synod.api.effect.Clock;
import io.synod.api.model.NodeId;
import io.synod.api.plugin.LayerContext;

/**
 * What one acceptor has granted: to whom, and until when on its own clock. In memory only: after
 * a restart it is taken as granted just now, for the longest time, to the one proposer that can
 * have held it.
 */
public final class GrantedLease {
  private final Clock clock;
  private final long mostNanos;
  private NodeId holder;
  private long until;

  /** Nothing is granted yet. */
  public GrantedLease(LayerContext context) {
    this.clock = context.clock();
    this.mostNanos = context.settings().nanos(LeaseSettings.DURATION);
  }

  /** Whether 1a and 1c of {@code proposer} have to wait now. Never longer than the duration. */
  public boolean keepsOut(NodeId proposer) {
    return holder != null && !holder.equals(proposer) && clock.nanos() - until < 0;
  }

  /**
   * From now on keeps others than {@code proposer} out for {@code nanos}. False, and nothing
   * promised, if somebody else holds it or if this is longer than a restart would wait for.
   */
  public boolean grant(NodeId proposer, long nanos) {
    if (nanos <= 0 || nanos > mostNanos || keepsOut(proposer)) {
      return false;
    }
    keep(proposer, nanos);
    return true;
  }

  /** A former life may have granted to {@code proposer} until its very end. */
  public void mayHaveGranted(NodeId proposer) {
    keep(proposer, mostNanos);
  }

  private void keep(NodeId proposer, long nanos) {
    long then = clock.nanos() + nanos;
    until = proposer.equals(holder) ? Math.max(until, then) : then;
    holder = proposer;
  }
}
