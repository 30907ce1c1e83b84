package io.synod.api.membership;

import io.synod.api.model.Configuration;
import io.synod.api.model.Era;
import io.synod.api.model.NodeId;
import java.util.List;

/**
 * What a change would do, without doing it.
 *
 * @param expected the era that it would follow
 * @param during the least that both configurations tolerate at once: until the new one is active a
 *     new leader needs both
 * @param copies what new members must fetch before they count
 * @param refusals why it would be refused; empty if it would not
 * @param warnings legal, but perhaps not meant
 */
public record Plan(
    Era expected, Strength before, Strength during, Strength after, List<Copy> copies,
    List<String> refusals, List<String> warnings) {
  /** Copies the lists. */
  public Plan {
    copies = List.copyOf(copies);
    refusals = List.copyOf(refusals);
    warnings = List.copyOf(warnings);
  }

  /**
   * What a configuration can bear.
   *
   * @param tolerates any so many acceptors may fail, and the service goes on
   * @param silent acceptors not heard now, which count as failed already
   * @param smallestLoss a smallest set whose loss stops progress
   */
  public record Strength(
      Configuration configuration, int tolerates, List<NodeId> silent, List<NodeId> smallestLoss) {
    /** Copies the lists. */
    public Strength {
      silent = List.copyOf(silent);
      smallestLoss = List.copyOf(smallestLoss);
    }
  }

  /** A new member and about how much it must fetch. */
  public record Copy(NodeId to, long bytes, long instances) {}
}
