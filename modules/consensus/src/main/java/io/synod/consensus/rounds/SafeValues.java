package io.synod.consensus.rounds;

import io.synod.api.model.Era;
import io.synod.api.model.InstanceId;
import io.synod.api.model.Reconfigure;
import io.synod.api.model.Value;
import io.synod.api.model.Vote;
import io.synod.api.register.ReadOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a committed read shows safe (ShowsSafeAt of PCon), for all instances at once. */
record SafeValues(ReadOutcome.Committed read) {
  /** The values for consecutive instances from {@code from}: votes found, SKIP in the gaps. */
  List<Value> window(InstanceId from) {
    List<Value> window = new ArrayList<>();
    for (Vote vote : read.votes()) {
      long gap = vote.instance().minus(from) - window.size();
      if (gap >= 0) {
        for (long i = 0; i < gap; i++) {
          window.add(Value.SKIP);
        }
        window.add(vote.value());
      }
    }
    return window;
  }

  /**
   * The votes for consecutive instances from {@code from} that lie below the floor: these values
   * are decided. Eras older than those read are over, and what they alone decided is held by a
   * write quorum of the active era, so that it lies below what a reader has to learn first.
   */
  List<Vote> decidedFrom(InstanceId from) {
    List<Vote> decided = new ArrayList<>();
    InstanceId next = from;
    for (Vote vote : read.votes()) {
      if (vote.instance().equals(next) && next.before(read.floor())) {
        decided.add(vote);
        next = next.next();
      }
    }
    return decided;
  }

  /** The first Reconfigure voted for from {@code from} on that expects that era. */
  Optional<Reconfigure> change(Era expected, InstanceId from) {
    for (Vote vote : read.votes()) {
      if (!vote.instance().before(from) && vote.value().kind() == Value.Kind.RECONFIGURE) {
        Reconfigure change = Reconfigure.decode(vote.value());
        if (change.expected().equals(expected)) {
          return Optional.of(change);
        }
      }
    }
    return Optional.empty();
  }
}
