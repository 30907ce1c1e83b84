package io.synod.api.model;

import java.util.List;
import java.util.Objects;

/**
 * Lamport's 1c for a whole ballot: every instance below {@code low} is chosen; instance
 * {@code low + i} has {@code window.get(i)} as its one safe value; at all later instances every
 * value is safe. Storing it is one atomic step of an acceptor.
 */
public record OneC(
    Ballot ballot, Era era, Configuration configuration, InstanceId low, List<Value> window) {
  /** Refuses missing parts. */
  public OneC {
    Objects.requireNonNull(ballot, "ballot");
    Objects.requireNonNull(era, "era");
    Objects.requireNonNull(configuration, "configuration");
    Objects.requireNonNull(low, "low");
    window = List.copyOf(window);
  }

  /** The last instance of the window, or {@code low - 1} when it is empty. */
  public InstanceId windowEnd() {
    return low.plus(window.size() - 1L);
  }
}
