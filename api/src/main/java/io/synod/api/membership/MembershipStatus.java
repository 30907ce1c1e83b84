package io.synod.api.membership;

import io.synod.api.model.Configuration;
import io.synod.api.model.Era;
import io.synod.api.model.Incarnation;
import io.synod.api.model.InstanceId;
import io.synod.api.model.NodeId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What one node knows of members. Only the leader hears from everybody.
 *
 * @param active the highest era known to be active
 * @param configuration that of the active era
 * @param made the era that was made last, as far as this node knows
 * @param pending the configuration that was made and is not active yet
 * @param change what a change on its way is doing, for people
 */
public record MembershipStatus(
    Era active, Configuration configuration, Era made, Optional<Configuration> pending,
    Optional<String> change, List<Standing> standings) {
  /** Copies the list. */
  public MembershipStatus {
    standings = List.copyOf(standings);
  }

  /**
   * What a node has said of itself last.
   *
   * @param store the store that answers under the id now
   * @param decided how far its decided prefix goes
   * @param recorded the highest era that it has on disk as active
   * @param silence how long ago that was; empty if it was never heard
   */
  public record Standing(
      NodeId id, Optional<Incarnation> store, Optional<InstanceId> decided,
      Optional<Era> recorded, Optional<Duration> silence) {
    /** Who has said nothing for longer is not counted on by changes and plans. */
    public static final Duration SILENT = Duration.ofSeconds(2);

    /** Whether it can be counted on. */
    public boolean isHeard() {
      return silence.filter(s -> s.compareTo(SILENT) <= 0).isPresent();
    }
  }
}
