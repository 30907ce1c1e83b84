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
}
