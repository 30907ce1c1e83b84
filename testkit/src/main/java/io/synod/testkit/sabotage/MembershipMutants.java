package io.synod.testkit.sabotage;

import io.synod.api.election.WeakLeaderElection;
import io.synod.api.model.Ballot;
import io.synod.api.model.Era;
import io.synod.api.model.InstanceId;
import io.synod.api.model.NodeId;
import io.synod.api.storage.DurableRecord.Admitted;
import io.synod.api.storage.DurableRecord.Booted;
import io.synod.api.storage.DurableRecord.Checkpoint;
import io.synod.api.storage.DurableRecord.Met;
import io.synod.api.storage.DurableRecord;
import io.synod.testkit.forward.ForwardingElection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Rules about who votes and who leads. */
final class MembershipMutants {
  private MembershipMutants() {}

  static List<Sabotage> all() {
    return List.of(
        new Sabotage(
            "empty-store-votes", "a node that has lost its store votes under its old id",
            "promises die with a store (fault D12)",
            parts -> parts.process(Tamper.recovered(MembershipMutants::admittedOnly))),
        new Sabotage(
            "leader-for-ever", "a node trusts the first leader that it hears of, for ever",
            "eventually all trust one correct process (D fig. 17)",
            parts -> parts.election((context, election) -> new Faithful(election))));
  }

  /** What a peer would say of a store that it takes for the first one. */
  private static DurableRecord admittedOnly(DurableRecord record) {
    if (record instanceof Checkpoint c) {
      return new Checkpoint(
          c.epoch(), c.admitted(), c.met(), Ballot.BOTTOM, Optional.empty(), InstanceId.FIRST,
          InstanceId.FIRST, Era.ZERO, c.eras(), c.decidedIn(), InstanceId.NONE, List.of());
    }
    boolean kept = record instanceof Booted || record instanceof Met || record instanceof Admitted;
    return kept ? record : null;
  }

  private static final class Faithful extends ForwardingElection {
    private Optional<NodeId> first = Optional.empty();

    Faithful(WeakLeaderElection inner) {
      super(inner);
    }

    @Override
    public Optional<NodeId> leader() {
      return first;
    }

    @Override
    public void onChange(Consumer<Optional<NodeId>> listener) {
      inner.onChange(leader -> {
        if (first.isEmpty() && leader.isPresent()) {
          first = leader;
          listener.accept(first);
        }
      });
    }
  }
}
