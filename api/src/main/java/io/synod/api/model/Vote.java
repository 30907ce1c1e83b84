package io.synod.api.model;

import java.util.Objects;

/** What an acceptor voted for in one instance: (maxVBal, maxVVal) of PCon. */
public record Vote(InstanceId instance, Ballot ballot, Value value) {
  /** Refuses missing parts. */
  public Vote {
    Objects.requireNonNull(instance, "instance");
    Objects.requireNonNull(ballot, "ballot");
    Objects.requireNonNull(value, "value");
  }

  /** The one in the higher ballot, of two at one instance; a ballot has one value there (PCon). */
  public static Vote higher(Vote a, Vote b) {
    int order = a.ballot.compareTo(b.ballot);
    Invariant.check(
        order != 0 || a.value.equals(b.value), "two values in one ballot: %s and %s", a, b);
    return order >= 0 ? a : b;
  }
}
