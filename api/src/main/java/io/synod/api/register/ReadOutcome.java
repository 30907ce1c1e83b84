package io.synod.api.register;

import io.synod.api.model.Ballot;
import io.synod.api.model.Era;
import io.synod.api.model.InstanceId;
import io.synod.api.model.NodeId;
import io.synod.api.model.Vote;
import java.util.List;
import java.util.Optional;

/** What read(k) returned. */
public sealed interface ReadOutcome {
  /**
   * A read quorum answered. Everything below {@code kept} is decided and must be learned from
   * {@code holder} or another peer; for instances ≥ kept, {@code votes} has the vote of the
   * highest ballot wherever there is one, in order of instances.
   */
  record Committed(
      Ballot ballot, InstanceId kept, Optional<NodeId> holder, InstanceId floor, Era active,
      Era adopted, List<Vote> votes) implements ReadOutcome {
    /** Copies the votes. */
    public Committed {
      votes = List.copyOf(votes);
    }
  }

  /** Somebody had promised {@code higher}. */
  record Aborted(Ballot ballot, Ballot higher) implements ReadOutcome {}
}
