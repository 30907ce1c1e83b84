package io.synod.consensus.rounds;

import io.synod.api.model.Ballot;
import io.synod.api.model.Incarnation;
import io.synod.api.model.Invariant;
import io.synod.api.model.NodeId;
import io.synod.api.reconfig.Authority;

/**
 * Which ballots a proposer begins. A ballot has one owner (PCon): what one store of a process has
 * used, no other store under the same id may use again, though nobody else may know of it and it
 * may still be on its way. An era names one store under an id, so that the number of an era that
 * names this one tells them apart:
 *
 * <pre>
 * n = 1, 2, 3, …    the first stores of the founders, whom era 0 does not name one by one
 * n = 1000 r        the same, once somebody is above
 * n = 1000 r + c    a store that an era names; c is its number, 1 to 999, then again from 1
 * </pre>
 */
final class Ballots {
  private static final long ROUND = 1000;

  private final NodeId self;
  private final Incarnation store;
  private final Authority authority;
  private Ballot highest = Ballot.BOTTOM;

  Ballots(NodeId self, Incarnation store, Authority authority) {
    this.self = self;
    this.store = store;
    this.authority = authority;
  }

  /** The highest that was begun here or seen. */
  Ballot highest() {
    return highest;
  }

  void seen(Ballot ballot) {
    highest = Ballot.max(highest, ballot);
  }

  /** One that is above all others. */
  Ballot next() {
    long life = life();
    Ballot plain = highest.nextFor(self);
    return life == 0 && plain.n() < ROUND ? plain
        : new Ballot((highest.n() / ROUND + 1) * ROUND + life, self, 0);
  }

  /** From now on that one is the highest. */
  void begin(Ballot ballot) {
    Invariant.check(
        highest.before(ballot), "ballot %s is not above all seen, %s", ballot, highest);
    highest = ballot;
  }

  /** Zero for a founder's first store. */
  private long life() {
    return authority.eras().configurations().entrySet().stream()
        .filter(era -> era.getValue().member(self)
            .filter(member -> member.incarnation().equals(store)).isPresent())
        .mapToLong(era -> 1 + (era.getKey().number() - 1) % (ROUND - 1))
        .findFirst().orElse(0);
  }
}
