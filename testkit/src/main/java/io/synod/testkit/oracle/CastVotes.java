package io.synod.testkit.oracle;

import io.synod.api.model.Ballot;
import io.synod.api.model.InstanceId;
import io.synod.api.model.Value;
import io.synod.api.model.Vote;
import io.synod.api.storage.DurableRecord;
import java.util.ArrayList;
import java.util.List;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * The votes of one store as its records show them, without what it may have forgotten. Kept as
 * the runs in which they were cast: adding costs nothing, and questions are rare.
 */
final class CastVotes {
  private final List<Run> runs = new ArrayList<>();
  private int head;
  private long forgottenBelow;

  void add(DurableRecord record) {
    if (record instanceof DurableRecord.Voted voted) {
      add(voted.ballot(), voted.first().number(), voted.values());
    } else if (record instanceof DurableRecord.StoredOneC stored) {
      add(stored.oneC().ballot(), stored.oneC().low().number(), stored.oneC().window());
    } else if (record instanceof DurableRecord.Checkpoint checkpoint) {
      forget(checkpoint.kept().number());
      for (Vote vote : checkpoint.votes()) {
        add(vote.ballot(), vote.instance().number(), List.of(vote.value()));
      }
    }
  }

  private void add(Ballot ballot, long first, List<Value> values) {
    if (!values.isEmpty()) {
      long end = first + values.size() - 1;
      runs.add(new Run(ballot, first, values, Math.max(end, lastInstance())));
    }
  }

  /** The last instance with a vote. */
  long lastInstance() {
    return runs.isEmpty() ? 0 : runs.get(runs.size() - 1).reached;
  }

  /** Votes below may be gone. */
  long forgottenBelow() {
    return forgottenBelow;
  }

  /** The store may drop its votes below. */
  void forget(long below) {
    forgottenBelow = Math.max(forgottenBelow, below);
    while (head < runs.size() && runs.get(head).end() < below) {
      head++;
    }
    if (head > runs.size() / 2) {
      runs.subList(0, head).clear();
      head = 0;
    }
  }

  /** The last vote at each instance ≥ {@code from}, of those in ballots below {@code limit}. */
  Long2ObjectHashMap<Vote> before(Ballot limit, long from) {
    long least = Math.max(from, forgottenBelow);
    Long2ObjectHashMap<Vote> found = new Long2ObjectHashMap<>();
    for (int i = runs.size() - 1; i >= head && runs.get(i).reached >= least; i--) {
      if (runs.get(i).ballot.before(limit)) {
        runs.get(i).into(found, least);
      }
    }
    return found;
  }

  /** {@code reached} is the highest instance of this run and all earlier ones. */
  private record Run(Ballot ballot, long first, List<Value> values, long reached) {
    long end() {
      return first + values.size() - 1;
    }

    void into(Long2ObjectHashMap<Vote> found, long least) {
      for (long i = Math.max(first, least); i <= end(); i++) {
        if (!found.containsKey(i)) {
          found.put(i, new Vote(InstanceId.of(i), ballot, values.get((int) (i - first))));
        }
      }
    }
  }
}
