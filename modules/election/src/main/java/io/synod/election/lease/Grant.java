package io.synod.election.lease;

import io.synod.api.effect.Clock;
import io.synod.api.message.ElectionMessage.LeaseAsked;
import io.synod.api.message.ElectionMessage.LeaseReleased;
import io.synod.api.model.NodeId;

/** What one voter has granted, in memory alone: to one node at a time, and nothing at first. */
final class Grant {
  private final Clock clock;
  private final long longestNanos;
  private NodeId holder;
  private long number;
  private long until;
  private long quietUntil;

  Grant(Clock clock, long longestNanos) {
    this.clock = clock;
    this.longestNanos = longestNanos;
  }

  /** Waits out whatever was granted before, by a former life or while others voted. */
  void waitLongest() {
    holder = null;
    quietUntil = clock.nanos() + longestNanos;
  }

  /** False, and nothing granted: not yet, not to two, and not for longer than a start waits. */
  boolean grant(NodeId to, LeaseAsked asked) {
    long now = clock.nanos();
    boolean kept = holder != null && !holder.equals(to) && now - until < 0;
    if (kept || now - quietUntil < 0 || asked.nanos() <= 0 || asked.nanos() > longestNanos) {
      return false;
    }
    long end = now + asked.nanos();
    until = to.equals(holder) && until - end > 0 ? until : end;
    holder = to;
    number = asked.number();
    return true;
  }

  /** Counts for the latest grant only: an old copy ends no newer lease. */
  void release(NodeId by, LeaseReleased released) {
    if (by.equals(holder) && released.number() == number) {
      holder = null;
    }
  }
}
