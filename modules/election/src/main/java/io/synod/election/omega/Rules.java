package io.synod.election.omega;

/**
 * In what the elections of this package differ, beside their time-outs. Whatever they say, the
 * lowest (epoch, id) among those heard from is trusted.
 *
 * @param countsStarts whether a process begins with the number of its starts as its epoch; else
 *     epochs grow only where a leader is preferred or members change
 * @param keepsLeader whether who comes back comes after the leader in place, and any failure to
 *     lead counts as a crash does
 * @param slowStart whether nobody is trusted before a majority was heard or a first time-out passed
 * @param onlyConnected whether only a process that hears a majority stands
 * @param confirmation who must agree before a process counts as the leader
 */
record Rules(
    boolean countsStarts, boolean keepsLeader, boolean slowStart, boolean onlyConnected,
    Confirmation confirmation) {
  /** {@code omega}: figures 17 and 28, and what a long-lived system needs on top. */
  static final Rules OMEGA = new Rules(true, true, true, true, Confirmation.MAJORITY);

  /** {@code omega} with {@code synod.election.confirm = self}. */
  static final Rules UNCONFIRMED = new Rules(true, true, true, false, Confirmation.SELF);

  /** {@code spring}: figures 17 and 28 alone. */
  static final Rules SPRING = new Rules(true, false, true, false, Confirmation.MAJORITY);

  /** {@code plain}: the lowest id heard from. */
  static final Rules PLAIN = new Rules(false, false, false, false, Confirmation.SELF);

  /** {@code sloppy}: the best name heard within a round trip, which is waited for. */
  static final Rules SLOPPY = new Rules(false, false, true, false, Confirmation.SELF);

  /** {@code quorum-connected}: as {@code omega}, but a leader's word is enough. */
  static final Rules QUORUM_CONNECTED = new Rules(true, true, true, true, Confirmation.WORD);

  /** Who must agree that the process which this one trusts leads. */
  enum Confirmation {
    /** This process alone. */
    SELF,
    /** A majority, heard here. */
    MAJORITY,
    /** As {@link #MAJORITY} for this process itself; for others, that they trust themselves. */
    WORD
  }
}
