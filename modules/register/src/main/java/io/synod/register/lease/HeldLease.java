package io.synod.register.lease;

import io.synod.api.effect.Clock;
import io.synod.api.message.RegisterMessage.Lease;
import io.synod.api.message.RegisterMessage.Leased;
import io.synod.api.model.Ballot;
import io.synod.api.model.NodeId;
import io.synod.api.model.OneC;
import io.synod.api.model.QuorumSystem;
import io.synod.api.plugin.LayerContext;
import io.synod.api.register.Acceptor;
import java.util.Collection;
import java.util.List;

/**
 * A leader's lease: which acceptors have granted it, and until when on the leader's own clock.
 * Counted from the sending of the request, less the drift; see the package for the inequality. It
 * goes from one ballot to the next in place while the era stays the same.
 */
public final class HeldLease {
  private final Clock clock;
  private final long origin;
  private final long durationNanos;
  private final long usableNanos;
  private List<Acceptor> acceptors = List.of();
  private QuorumSystem quorums;
  private OneC under;
  /** By acceptor; 0 where nothing is granted. */
  private long[] until = {};
  private long number;
  private Ballot askedIn;
  private long askedAt;
  private long dueAt;

  /** Not held, and asked for only when told. */
  public HeldLease(LayerContext context) {
    this.clock = context.clock();
    this.origin = clock.nanos();
    this.durationNanos = context.settings().nanos(LeaseSettings.DURATION);
    this.usableNanos = LeaseSettings.usableNanos(context.settings());
  }

  /**
   * A ballot begins over these acceptors. Ends the lease, unless the ballot follows in place on
   * the one before and in the same era.
   */
  public void begin(OneC oneC, Collection<Acceptor> over, QuorumSystem system) {
    if (!continues(oneC)) {
      end();
      until = new long[system.acceptors().size()];
    }
    under = oneC;
    acceptors = List.copyOf(over);
    quorums = system;
  }

  private boolean continues(OneC next) {
    return under != null && under.era().equals(next.era())
        && under.ballot().n() == next.ballot().n()
        && under.ballot().proposer().equals(next.ballot().proposer());
  }

  /** It ends at once: deposed, resigned, or handed over to another era. */
  public void end() {
    under = null;
    quorums = null;
    acceptors = List.of();
    until = new long[0];
    askedIn = null;
    dueAt = 0;
  }

  /** Some of those who granted it may have forgotten that: it has to be granted anew. */
  public void again() {
    until = new long[until.length];
    askedIn = null;
    dueAt = 0;
  }

  /** Whether it holds at this very moment: the clock is read by this call. */
  public boolean holds() {
    return under != null && now() < quorums.reachedByWriteQuorum(until);
  }

  /**
   * Somebody wants to rely on it: asks all acceptors for it, or for its renewal, once half of
   * what was asked for last is over. What is lost is asked for again when it is due again.
   */
  public void want() {
    long now = now();
    if (under == null || now < dueAt || usableNanos == 0) {
      return;
    }
    number++;
    askedIn = under.ballot();
    askedAt = now;
    dueAt = now + usableNanos / 2;
    Lease request = new Lease(askedIn, number, durationNanos);
    acceptors.forEach(acceptor -> acceptor.lease(request));
  }

  /** An acceptor grants; counts for the latest request only. */
  public void onLeased(NodeId from, Leased reply) {
    int index = quorums == null ? -1 : quorums.acceptors().indexOf(from);
    boolean votes = index >= 0 && under.configuration().votes(from, reply.incarnation(), true);
    if (votes && reply.number() == number && reply.ballot().equals(askedIn)) {
      until[index] = askedAt + usableNanos;
    }
  }

  private long now() {
    return clock.nanos() - origin;
  }
}
