package io.synod.register.leased;

import io.synod.api.model.Ballot;
import io.synod.api.model.Configuration;
import io.synod.api.model.Era;
import io.synod.api.model.Eras;
import io.synod.api.model.Incarnation;
import io.synod.api.model.InstanceId;
import io.synod.api.model.NodeId;
import io.synod.api.model.OneC;
import io.synod.api.model.Vote;
import io.synod.api.passive.Area;
import io.synod.api.passive.Step;
import io.synod.api.passive.View;
import io.synod.api.storage.DurableRecord;
import io.synod.api.storage.DurableRecord.Activated;
import io.synod.api.storage.DurableRecord.Checkpoint;
import io.synod.api.storage.DurableRecord.DecidedUpTo;
import io.synod.api.storage.DurableRecord.Met;
import io.synod.api.storage.DurableRecord.StoredOneC;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What all processes together have written to an acceptor's one area. Its transition is that of a
 * compare-and-swap acceptor: a step below the promise that is there leaves only what is true
 * whoever leads. One thread at a time.
 */
public final class SharedArea {
  private final Area area = new Area();
  private final Map<NodeId, Incarnation> met = new TreeMap<>();
  private final Set<Era> configurations = new TreeSet<>();
  private Optional<OneC> oneC = Optional.empty();

  /** What these records amount to, in the order in which they were written. */
  public static SharedArea of(List<DurableRecord> records) {
    SharedArea shared = new SharedArea();
    records.forEach(shared::apply);
    return shared;
  }

  /** Takes the next record into account. */
  public void apply(DurableRecord record) {
    area.apply(record);
    if (record instanceof StoredOneC stored) {
      oneC = higher(oneC, Optional.of(withoutWindow(stored.oneC())));
      configurations.add(stored.oneC().era());
    } else if (record instanceof Met first) {
      met.putIfAbsent(first.node(), first.incarnation());
    } else if (record instanceof Activated active) {
      configurations.add(active.era());
    } else if (record instanceof Checkpoint checkpoint) {
      configurations.addAll(checkpoint.eras().configurations().keySet());
      oneC = higher(oneC, checkpoint.oneC());
      checkpoint.met().forEach(met::putIfAbsent);
    }
  }

  /** What of that process' step is to be written now; nothing if it changes nothing. */
  public List<DurableRecord> written(NodeId process, Step step) {
    View now = view(Optional.empty());
    boolean refused = refuses(now, step);
    List<DurableRecord> written = new ArrayList<>();
    for (DurableRecord record : step.records()) {
      if (record instanceof Checkpoint checkpoint && refused) {
        // Of what a process says again of itself, all else is here.
        add(new DecidedUpTo(checkpoint.kept().plus(-1)), now, written);
      } else if (record instanceof Checkpoint checkpoint) {
        written.clear();
        written.add(with(process, checkpoint));
      } else if (!refused || isFact(record)) {
        add(record, now, written);
      }
    }
    return written;
  }

  private void add(DurableRecord record, View now, List<DurableRecord> written) {
    if (!knows(record, now)) {
      written.add(record);
    }
  }

  /** Whether somebody has said that. */
  private boolean knows(DurableRecord record, View now) {
    if (record instanceof DecidedUpTo decided) {
      return decided.upTo().before(now.kept());
    } else if (record instanceof Activated activated) {
      return activated.era().compareTo(now.active()) <= 0
          && configurations.contains(activated.era());
    }
    return record instanceof Met first && met.containsKey(first.node());
  }

  /** By a higher promise, or as its 1c is of an era that was left. */
  private static boolean refuses(View now, Step step) {
    return step.ballot().before(now.promised())
        || step.records().stream().anyMatch(record -> record instanceof StoredOneC stored
            && stored.oneC().era().compareTo(now.adopted()) < 0);
  }

  /** Whether it is true whoever leads. */
  static boolean isFact(DurableRecord record) {
    return record instanceof Met || record instanceof Activated || record instanceof DecidedUpTo;
  }

  /** The whole, after one process has said all that it wrote again. */
  private Checkpoint with(NodeId process, Checkpoint own) {
    Checkpoint all = checkpoint();
    List<Vote> others = all.votes().stream()
        .filter(vote -> !vote.ballot().proposer().equals(process)).toList();
    InstanceId kept = InstanceId.max(all.kept(), own.kept());
    Map<NodeId, Incarnation> first = new TreeMap<>(own.met());
    first.putAll(all.met());
    Map<Era, Configuration> configurations = new TreeMap<>(all.eras().configurations());
    configurations.putAll(own.eras().configurations());
    Era active = Era.max(all.eras().active(), own.eras().active());
    return new Checkpoint(
        0, false, first, Ballot.max(all.promised(), own.promised()),
        higher(all.oneC(), own.oneC()), kept, InstanceId.max(all.floor(), own.floor()),
        Era.max(all.adopted(), own.adopted()), new Eras(active, Era.ZERO, configurations),
        Ballot.BOTTOM, kept.plus(-1),
        Area.highest(others, own.votes()).stream()
            .filter(vote -> !vote.instance().before(kept)).toList());
  }

  private static Optional<OneC> higher(Optional<OneC> some, Optional<OneC> other) {
    boolean second = other.isPresent()
        && (some.isEmpty() || some.get().ballot().before(other.get().ballot()));
    return second ? other : some;
  }

  private static OneC withoutWindow(OneC stored) {
    return new OneC(
        stored.ballot(), stored.era(), stored.configuration(), stored.low(), List.of());
  }

  /** What is there, with votes and configurations if asked for. */
  public View view(Optional<InstanceId> votesFrom) {
    return area.view(votesFrom);
  }

  /** All of it in one record. */
  public Checkpoint checkpoint() {
    View all = area.view(Optional.of(InstanceId.FIRST));
    return new Checkpoint(
        0, false, met, all.promised(), oneC, all.kept(), all.floor(), all.adopted(),
        new Eras(all.active(), Era.ZERO, all.configurations()), Ballot.BOTTOM,
        all.kept().plus(-1), all.votes());
  }

  /** All of it for a process that begins anew. */
  public List<DurableRecord> own() {
    List<DurableRecord> own = new ArrayList<>();
    own.add(checkpoint());
    met.forEach((process, store) -> own.add(new Met(process, store)));
    return own;
  }
}
