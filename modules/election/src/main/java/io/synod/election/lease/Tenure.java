package io.synod.election.lease;

import io.synod.api.effect.Clock;
import io.synod.api.model.NodeId;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The lease of this node: what it has asked for, who has granted it, and until when on its own
 * clock, counted from the sending of each request.
 */
final class Tenure {
  private static final int MOST_OPEN = 64;

  private final Clock clock;
  private final long origin;
  private final long usableNanos;
  private final TreeMap<Long, Long> askedAt = new TreeMap<>();
  private final Map<NodeId, Long> until = new TreeMap<>();
  /** Not one that a former life has used. */
  private long number;
  private long wantedSince = -1;

  Tenure(Clock clock, long usableNanos, long firstNumber) {
    this.clock = clock;
    this.origin = clock.nanos();
    this.usableNanos = usableNanos;
    this.number = firstNumber;
  }

  private long now() {
    return clock.nanos() - origin;
  }

  /** The number of a request that is sent now. */
  long ask() {
    long now = now();
    wantedSince = wantedSince < 0 ? now : wantedSince;
    askedAt.put(++number, now);
    if (askedAt.size() > MOST_OPEN) {
      askedAt.pollFirstEntry();
    }
    return number;
  }

  /** Whether voters may hold a grant for this node. */
  boolean open() {
    return !askedAt.isEmpty();
  }

  void granted(NodeId by, long request) {
    Long then = askedAt.get(request);
    if (then != null) {
      until.merge(by, then + usableNanos, Math::max);
    }
  }

  /** Whether more than half of these have granted it and that lasts at this very moment. */
  boolean holds(Set<NodeId> voters) {
    long now = now();
    long grants = voters.stream().filter(voter -> now < until.getOrDefault(voter, 0L)).count();
    boolean held = 2 * grants > voters.size();
    wantedSince = held ? now : wantedSince;
    return held;
  }

  /** Whether it was asked for all that time and never held. */
  boolean inVainFor(long nanos) {
    return wantedSince >= 0 && now() - wantedSince >= nanos;
  }

  /** Relies on nothing any more; the number of the last request, by which voters know it. */
  long end() {
    askedAt.clear();
    until.clear();
    wantedSince = -1;
    return number;
  }
}
