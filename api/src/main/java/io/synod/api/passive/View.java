package io.synod.api.passive;

import io.synod.api.model.Ballot;
import io.synod.api.model.Configuration;
import io.synod.api.model.Era;
import io.synod.api.model.InstanceId;
import io.synod.api.model.Vote;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a process finds in a passive acceptor after its own step: the maximum over what all other
 * processes wrote there. Whether its own part is in it makes no difference.
 *
 * @param promised the highest promise: above the ballot of the step, the step is refused
 * @param adopted the highest era of a stored 1c
 * @param active the highest era recorded as active
 * @param kept below it somebody has dropped its votes, as all is decided there and held elsewhere
 * @param floor below it everything is decided
 * @param configurations of the eras found, if votes were asked for
 * @param votes the vote of the highest ballot at each instance asked for, in order of instances
 */
public record View(
    Ballot promised, Era adopted, Era active, InstanceId kept, InstanceId floor,
    Map<Era, Configuration> configurations, List<Vote> votes) {
  /** Of an acceptor to which nobody else has written. */
  public static final View EMPTY = new View(
      Ballot.BOTTOM, Era.ZERO, Era.ZERO, InstanceId.FIRST, InstanceId.FIRST, Map.of(), List.of());

  /** Copies the votes, and the configurations in the order of eras. */
  public View {
    configurations = Collections.unmodifiableMap(new TreeMap<>(configurations));
    votes = List.copyOf(votes);
  }

  /** Both together. */
  public View and(View other) {
    Map<Era, Configuration> eras = new TreeMap<>(configurations);
    eras.putAll(other.configurations);
    return new View(
        Ballot.max(promised, other.promised), Era.max(adopted, other.adopted),
        Era.max(active, other.active), InstanceId.max(kept, other.kept),
        InstanceId.max(floor, other.floor), eras, Area.highest(votes, other.votes));
  }
}
