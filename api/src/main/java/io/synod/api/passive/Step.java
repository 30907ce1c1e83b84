package io.synod.api.passive;

import io.synod.api.model.Ballot;
import io.synod.api.model.InstanceId;
import io.synod.api.storage.DurableRecord;
import java.util.List;
import java.util.Optional;

/**
 * What a process wants done to a passive acceptor in one exchange.
 *
 * @param ballot the one of all its promises, 1c's and votes; {@link Ballot#BOTTOM} if it has none
 * @param records to be added behind those of its earlier exchanges, in order: Promised, StoredOneC,
 *     Voted, Activated, DecidedUpTo; a Checkpoint takes the place of all that came before it
 * @param votesFrom whether the view has votes and configurations, and from which instance on
 */
public record Step(
    Ballot ballot, List<DurableRecord> records, Optional<InstanceId> votesFrom) {
  /** Copies the list. */
  public Step {
    records = List.copyOf(records);
  }
}
