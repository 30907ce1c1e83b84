package io.synod.api.membership;

import io.synod.api.model.Configuration;
import io.synod.api.model.Era;
import io.synod.api.model.NodeId;
import java.util.List;
import java.util.Optional;

/** What became of a change of configuration. */
public sealed interface ChangeOutcome {
  /**
   * The era is active, and a write quorum of it has recorded that: the nodes listed are members no
   * more and may be switched off.
   */
  record Active(Era era, Configuration configuration, List<NodeId> safeToStop)
      implements ChangeOutcome {
    /** Copies the list. */
    public Active {
      safeToStop = List.copyOf(safeToStop);
    }
  }

  /** Nothing was changed and nothing will be, for this reason. */
  record Refused(String reason) implements ChangeOutcome {}

  /** Nothing was changed: the node asked does not lead; ask the one that does, if it is known. */
  record NotLeader(Optional<NodeId> leader) implements ChangeOutcome {}

  /** It was proposed, but it is not known whether it was chosen: look at the era in force. */
  record Indeterminate(String reason) implements ChangeOutcome {}
}
