package io.synod.testkit.sim;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** The kinds of faults that a run may have; each seed turns each allowed kind off or on. */
public enum FaultKind {
  /** Messages are lost, up to 30 of 100. */
  LOSS,
  /** Messages come twice, some of the copies seconds later. */
  DUPLICATION,
  /** Messages overtake each other. */
  REORDERING,
  /** Delays are constant, uniform, or have a heavy tail, instead of exponential. */
  DELAYS,
  /** All delays rise together for a fraction of a second. */
  BURSTS,
  /** Some links are slow for a while. */
  SLOW_LINKS,
  /** The network falls apart in both directions: in halves, one alone, or two that part. */
  PARTITION,
  /** Links are cut in one direction only. */
  ONE_WAY,
  /** All see only one hub that does not lead; the leader is alive but has no quorum (OmniPaxos). */
  QUORUM_LOSS,
  /** The leader is alone; all others see only a hub that lacks the newest entries (OmniPaxos). */
  CONSTRAINED_ELECTION,
  /** All stand in a chain with the leader at one end (OmniPaxos). */
  CHAINED,
  /** The links of some nodes are cut one by one and joined in another order (FoundationDB). */
  SWIZZLE,
  /** One link comes and goes about once per election time-out. */
  FLAPPING,
  /** Copies of acceptors' answers arrive after the ballot has changed. */
  STALE_ANSWERS,
  /** Copies of messages arrive after their receiver has restarted. */
  HELD_COPIES,
  /** Nodes crash at random moments and start again. */
  CRASH,
  /** Nodes crash between two effects of one turn: between writes, between write and send. */
  CRASH_AT_EFFECT,
  /** Nodes crash while they start: between two records of the replay, or right behind it. */
  CRASH_AT_START,
  /** Nodes crash right before or right after a snapshot becomes the newest. */
  CRASH_AT_SNAPSHOT,
  /** Nodes restart one after the other, again and again. */
  RESTART_STORM,
  /** All nodes crash at once and start again in any order. */
  CRASH_ALL,
  /** Nodes stand still for up to a few seconds. */
  PAUSE,
  /** Nodes stand still for two to eight seconds, longer than any lease. */
  LONG_PAUSE,
  /** Each turn takes a while, so that events pile up and are taken together. */
  SLOW_LOOP,
  /** Clocks run fast or slow within the bound of leases (5 % unless drawn), wall clocks jump. */
  CLOCK_DRIFT,
  /** Clocks run at half to twice their rate: leases may be wrong, writes never. */
  CLOCK_BEYOND,
  /** Of the unforced records any subset survives a crash, not only the first ones. */
  SCATTERED_WRITES,
  /** Unforced records survive a crash in part. */
  TORN_WRITES,
  /** A force fails: that node stops. */
  FAILING_DISK,
  /** Forces take up to seconds. */
  SLOW_DISK,
  /** A force does not end for many seconds. */
  HANGING_DISK,
  /** A disk is full for a while: appends are refused and that node stops. */
  FULL_DISK,
  /** A bit of a forced record or of a snapshot flips. */
  BIT_FLIP,
  /** A forced record or a snapshot cannot be read any more. */
  SECTOR_ERROR,
  /** A store is emptied: the node is refused until it is let in as a new incarnation. */
  WIPED_DISK,
  /** An old copy of a store is put back; the operator starts it over as a new incarnation. */
  OLD_COPY,
  /** Clients send the same request to two nodes, and again without need. */
  REPEATED_REQUESTS,
  /**
   * The leader loses its peers, not its clients, while it may hold a lease: with the slowest clock
   * that leases bear, the others with the fastest, and answers that reach it late.
   */
  LEASE_CUT,
  /** A step at a passive acceptor fails: nothing is written, or what it read does not come back. */
  PASSIVE_FAILING,
  /** A step at a passive acceptor breaks off: a disk keeps its beginning, a database nothing. */
  PASSIVE_TORN,
  /** Steps at passive acceptors take long. */
  PASSIVE_SLOW,
  /** A step at a passive acceptor does not end for seconds. */
  PASSIVE_HANGING,
  /** Nobody reaches a passive acceptor for a while. */
  PASSIVE_AWAY,
  /** One process does not reach a passive acceptor for a while. */
  PASSIVE_CUT_OFF;

  /** Those of acceptors that are no processes; only where the first ones are none. */
  static Set<FaultKind> ofPassives() {
    return EnumSet.range(PASSIVE_FAILING, PASSIVE_CUT_OFF);
  }

  /** The name used on the command line. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * Reads {@code all}, {@code none} or names with commas between them; refuses others by name.
   */
  public static Set<FaultKind> parse(String list) {
    if (list.equals("all")) {
      return EnumSet.allOf(FaultKind.class);
    }
    Set<FaultKind> kinds = EnumSet.noneOf(FaultKind.class);
    if (!list.equals("none")) {
      for (String name : list.split(",")) {
        kinds.add(byLabel(name.trim()));
      }
    }
    return kinds;
  }

  private static FaultKind byLabel(String label) {
    for (FaultKind kind : values()) {
      if (kind.label().equals(label)) {
        return kind;
      }
    }
    String known = Arrays.stream(values()).map(FaultKind::label).collect(Collectors.joining(", "));
    throw new IllegalArgumentException(
        "no fault is named '" + label + "'; known are all, none, " + known);
  }
}
