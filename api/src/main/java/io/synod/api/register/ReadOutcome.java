package io.synod.api.register;

import io.synod.api.model.Ballot;
import io.synod.api.model.Configuration;
import io.synod.api.model.Era;
import io.synod.api.model.InstanceId;
import io.synod.api.model.NodeId;
import io.synod.api.model.Vote;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What read(k) returned. */
public sealed interface ReadOutcome {
  /**
   * A read quorum of each era asked answered. Everything below {@code kept} is decided and must be
   * learned from {@code holder} or another peer; everything below {@code floor} is decided, too.
   * For instances ≥ kept, {@code votes} has the vote of the highest ballot wherever there is one,
   * in order of instances. Eras are the highest over all answers.
   */
  record Committed(
      Ballot ballot, InstanceId kept, Optional<NodeId> holder, InstanceId floor, Era active,
      Era adopted, Map<Era, Configuration> configurations, List<Vote> votes)
      implements ReadOutcome {
    /** Copies the votes, and the configurations in the order of eras. */
    public Committed {
      configurations = Collections.unmodifiableMap(new TreeMap<>(configurations));
      votes = List.copyOf(votes);
    }
  }

  /**
   * An acceptor has lost its memory, and fewer answers suffice for a read that begins now (winter):
   * to be asked anew in the next ballot in place, which tells its answers from earlier ones.
   */
  record StartOver(Ballot ballot) implements ReadOutcome {}

  /** Somebody had promised {@code higher}. */
  record Aborted(Ballot ballot, Ballot higher) implements ReadOutcome {}
}
