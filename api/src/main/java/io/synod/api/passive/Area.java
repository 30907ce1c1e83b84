package io.synod.api.passive;

import io.synod.api.model.Ballot;
import io.synod.api.model.Configuration;
import io.synod.api.model.Era;
import io.synod.api.model.InstanceId;
import io.synod.api.model.OneC;
import io.synod.api.model.Value;
import io.synod.api.model.Vote;
import io.synod.api.storage.DurableRecord;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What one process has written to a passive acceptor, put together from its records. For the
 * plugins that keep such records. One thread at a time.
 */
public final class Area {
  private final TreeMap<Long, Vote> votes = new TreeMap<>();
  private final TreeMap<Era, Configuration> configurations = new TreeMap<>();
  private Ballot promised = Ballot.BOTTOM;
  private Era adopted = Era.ZERO;
  private Era active = Era.ZERO;
  private InstanceId kept = InstanceId.FIRST;
  private InstanceId floor = InstanceId.FIRST;

  /** Takes the next record into account; those of no acceptor are ignored. */
  public void apply(DurableRecord record) {
    if (record instanceof DurableRecord.Promised promise) {
      promise(promise.ballot());
    } else if (record instanceof DurableRecord.StoredOneC stored) {
      store(stored.oneC(), stored.oneC().window());
    } else if (record instanceof DurableRecord.Voted voted) {
      vote(voted.ballot(), voted.first(), voted.values());
    } else if (record instanceof DurableRecord.Activated activated) {
      active = Era.max(active, activated.era());
      configurations.put(activated.era(), activated.configuration());
    } else if (record instanceof DurableRecord.DecidedUpTo decided) {
      keptFrom(decided.upTo().next());
    } else if (record instanceof DurableRecord.Checkpoint checkpoint) {
      restore(checkpoint);
    }
  }

  private void promise(Ballot ballot) {
    promised = Ballot.max(promised, ballot);
  }

  private void store(OneC oneC, List<Value> window) {
    adopted = Era.max(adopted, oneC.era());
    configurations.put(oneC.era(), oneC.configuration());
    floor = InstanceId.max(floor, oneC.low());
    vote(oneC.ballot(), oneC.low(), window);
  }

  private void vote(Ballot ballot, InstanceId first, List<Value> values) {
    promise(ballot);
    InstanceId instance = first;
    for (Value value : values) {
      if (!instance.before(kept)) {
        votes.put(instance.number(), new Vote(instance, ballot, value));
      }
      instance = instance.next();
    }
  }

  private void keptFrom(InstanceId first) {
    kept = InstanceId.max(kept, first);
    floor = InstanceId.max(floor, kept);
    votes.headMap(kept.number(), false).clear();
  }

  private void restore(DurableRecord.Checkpoint checkpoint) {
    votes.clear();
    promise(checkpoint.promised());
    checkpoint.oneC().ifPresent(oneC -> store(oneC, List.of()));
    adopted = Era.max(adopted, checkpoint.adopted());
    active = Era.max(active, checkpoint.eras().active());
    configurations.putAll(checkpoint.eras().configurations());
    keptFrom(checkpoint.kept());
    floor = InstanceId.max(floor, checkpoint.floor());
    checkpoint.votes().forEach(vote -> votes.put(vote.instance().number(), vote));
  }

  /** It alone, with votes and configurations if asked for. */
  public View view(Optional<InstanceId> votesFrom) {
    List<Vote> asked = votesFrom
        .map(from -> List.copyOf(votes.tailMap(from.number(), true).values())).orElse(List.of());
    return new View(promised, adopted, active, kept, floor,
        votesFrom.isPresent() ? configurations : Map.of(), asked);
  }

  /** Several together. */
  public static View view(Collection<Area> areas, Optional<InstanceId> votesFrom) {
    return areas.stream().map(area -> area.view(votesFrom)).reduce(View.EMPTY, View::and);
  }

  /** The vote of the highest ballot at each instance, in order of instances. */
  public static List<Vote> highest(List<Vote> some, List<Vote> others) {
    if (some.isEmpty() || others.isEmpty()) {
      return some.isEmpty() ? others : some;
    }
    TreeMap<Long, Vote> highest = new TreeMap<>();
    some.forEach(vote -> highest.put(vote.instance().number(), vote));
    others.forEach(vote -> highest.merge(vote.instance().number(), vote, Vote::higher));
    return new ArrayList<>(highest.values());
  }
}
