package io.synod.api.model;

import java.util.Objects;

/**
 * A ballot (n, proposer, k), ordered lexicographically. {@code k} counts the ballots that one
 * leader runs back to back under the same n: nobody else can start a ballot between (n, p, k) and
 * (n, p, k+1), which is what makes a hand-over in place safe.
 */
public record Ballot(long n, NodeId proposer, int k) implements Comparable<Ballot> {
  /** Below every ballot that a process can start; the promise of a fresh acceptor. */
  public static final Ballot BOTTOM = new Ballot(0, NodeId.of("0"), 0);

  /**
   * The largest n that is believed from a message. One senseless number must not exhaust the
   * counter for ever; 2^53 ballots take 28,000 years at ten thousand a second.
   */
  public static final long MAX_N = 1L << 53;

  /** Refuses numbers out of range. */
  public Ballot {
    Objects.requireNonNull(proposer, "proposer");
    if (n < 0 || n > MAX_N || k < 0) {
      throw new IllegalArgumentException("ballot out of range: n=" + n + " k=" + k);
    }
  }

  /** The first ballot of {@code leader} above this one. */
  public Ballot nextFor(NodeId leader) {
    return new Ballot(n + 1, leader, 0);
  }

  /** The ballot that follows this one back to back, under the same leader. */
  public Ballot nextInPlace() {
    return new Ballot(n, proposer, k + 1);
  }

  /** Whether this ballot is lower than {@code other}. */
  public boolean before(Ballot other) {
    return compareTo(other) < 0;
  }

  /** Whether both are ballots of one leader that follow each other in place. */
  public boolean sameLeader(Ballot other) {
    return n == other.n && proposer.equals(other.proposer);
  }

  /** The higher of two ballots. */
  public static Ballot max(Ballot a, Ballot b) {
    return a.compareTo(b) >= 0 ? a : b;
  }

  @Override
  public int compareTo(Ballot other) {
    if (n != other.n) {
      return n < other.n ? -1 : 1;
    }
    int byProposer = proposer.compareTo(other.proposer);
    return byProposer != 0 ? byProposer : Integer.compare(k, other.k);
  }

  @Override
  public String toString() {
    return "(" + n + "," + proposer + "," + k + ")";
  }
}
