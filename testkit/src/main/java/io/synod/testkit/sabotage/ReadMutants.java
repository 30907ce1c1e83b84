package io.synod.testkit.sabotage;

import io.synod.api.election.WeakLeaderElection;
import io.synod.api.model.Ballot;
import io.synod.api.model.InstanceId;
import io.synod.api.model.NodeId;
import io.synod.api.replication.ReadMode;
import io.synod.api.replication.ReadOutcome;
import io.synod.testkit.forward.ForwardingConsensus;
import io.synod.testkit.forward.ForwardingElection;
import io.synod.testkit.forward.ForwardingProposals;
import io.synod.testkit.forward.ForwardingReplica;
import io.synod.testkit.sim.NodeParts;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/** Rules of reads that do not go through the log. */
final class ReadMutants {
  private ReadMutants() {}

  static List<Sabotage> all() {
    return List.of(
        new Sabotage(
            "read-before-settled", "a new leader gives read indices before its 1c is settled",
            "what earlier ballots chose is decided first (L reads)",
            parts -> parts.consensus(consensus -> new ForwardingConsensus(consensus) {
              @Override
              public void listener(Listener listener) {
                inner.listener(new ForwardingProposals(listener) {
                  @Override
                  public void ready(Ballot ballot) {
                    inner.ready(ballot);
                    inner.settled(ballot);
                  }
                });
              }
            })),
        new Sabotage(
            "read-unconfirmed", "a leader gives read indices without asking a quorum",
            "a read is valid only in the highest ballot (L reads, fault N5)",
            ReadMutants::unconfirmed),
        new Sabotage(
            "stale-read", "a read is answered at once from the state at hand",
            "a linearizable read waits for an index (L reads)",
            parts -> atOnce(parts, EnumSet.allOf(ReadMode.class))),
        new Sabotage(
            "follower-unasked", "a read in the mode FOLLOWER is answered without an index",
            "a read at a follower waits for an index of the leader's (L reads)",
            parts -> atOnce(parts, EnumSet.of(ReadMode.FOLLOWER))));
  }

  private static NodeParts atOnce(NodeParts parts, Set<ReadMode> these) {
    return parts.process(ReplicaMutants.replica(machine -> new ForwardingReplica(machine) {
      @Override
      public void read(
          ReadMode mode, InstanceId minIndex, byte[] query, Consumer<ReadOutcome> then) {
        inner.read(these.contains(mode) ? ReadMode.STALE : mode, minIndex, query, then);
      }
    }));
  }

  /** An election that is legal by itself: whoever leads goes on until another ballot shows. */
  static NodeParts clinging(NodeParts parts) {
    return parts.election((context, election) -> new Clinging(election, context.self()));
  }

  private static NodeParts unconfirmed(NodeParts parts) {
    return clinging(parts)
        .consensus(consensus -> new ForwardingConsensus(consensus) {
          private long number;

          @Override
          public long confirm(LongConsumer then) {
            then.accept(++number);
            return number;
          }
        });
  }

  private static final class Clinging extends ForwardingElection {
    private final Optional<NodeId> self;
    private Optional<NodeId> current = Optional.empty();
    private Consumer<Optional<NodeId>> listener = leader -> {};

    Clinging(WeakLeaderElection inner, NodeId self) {
      super(inner);
      this.self = Optional.of(self);
    }

    @Override
    public Optional<NodeId> leader() {
      return current;
    }

    @Override
    public void onChange(Consumer<Optional<NodeId>> to) {
      listener = to;
      inner.onChange(leader -> {
        if (!current.equals(self)) {
          change(leader);
        }
      });
    }

    @Override
    public void onDeposed() {
      inner.onDeposed();
      change(inner.leader());
    }

    private void change(Optional<NodeId> leader) {
      if (!current.equals(leader)) {
        current = leader;
        listener.accept(leader);
      }
    }
  }
}
