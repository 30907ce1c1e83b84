package io.synod.register.leased;

import io.synod.api.model.InstanceId;
import io.synod.api.passive.View;
import io.synod.api.storage.DurableRecord;
import java.util.List;
import java.util.Optional;

/** What is to be done next with the storage. One at a time; its outcome is told before the next. */
public sealed interface Move {
  /** Read the lease's record. */
  record ReadLease() implements Move {}

  /** Write it, at once: the time allowed for it runs already. */
  record WriteLease(LeaseRecord record) implements Move {}

  /** Read the wish. */
  record ReadWish() implements Move {}

  /** Write it; it is no harm if that fails. */
  record WriteWish(LeaseRecord record) implements Move {}

  /** Nothing for that long. */
  record Pause(long nanos) implements Move {}

  /** Read the area without holding the lease. */
  record Look(Optional<InstanceId> votesFrom) implements Move {}

  /** Read without the lease what of the area is surely durable, be it less than is there. */
  record Find() implements Move {}

  /** Read the area, to write to it from now on: what is read must be durable. */
  record Take() implements Move {}

  /** Add that to the area, at once, and force it. */
  record Write(List<DurableRecord> records) implements Move {
    /** Copies the list. */
    public Write {
      records = List.copyOf(records);
    }
  }

  /** The step is done, and this is what is there. */
  record Done(View view) implements Move {}
}
