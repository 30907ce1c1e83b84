package io.synod.replication;

import io.synod.api.broadcast.TotalOrderBroadcast;
import io.synod.api.message.RegisterMessage.Accepted;
import io.synod.api.model.Ballot;
import io.synod.api.model.Configuration;
import io.synod.api.model.InstanceId;
import io.synod.api.model.NodeId;
import io.synod.api.model.OneC;
import io.synod.api.model.QuorumSystem;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A learner that counts votes itself ({@code synod.learn = all}): what a write quorum of one
 * ballot's configuration has voted for in that ballot is chosen, two message delays after it was
 * proposed. Counts in the ballot in which the own acceptor votes, whose values it therefore has,
 * and with the quorums that hold whoever is known to have lost its store. The leader counts in
 * its register, and nobody else has anything to count where votes go to the leader alone.
 */
final class VoteCount {
  private final NodeId self;
  private final Supplier<Optional<OneC>> stored;
  private final TotalOrderBroadcast broadcast;
  private final Function<Configuration, QuorumSystem> quorums;
  private Ballot ballot = Ballot.BOTTOM;
  private QuorumSystem system;
  private int own;
  /** In the order of the quorum system. */
  private long[] votedUpTo = {};

  /** Asks {@code stored} for the 1c of the ballot in which the own acceptor votes. */
  VoteCount(
      NodeId self, Supplier<Optional<OneC>> stored, TotalOrderBroadcast broadcast,
      Function<Configuration, QuorumSystem> quorums) {
    this.self = self;
    this.stored = stored;
    this.broadcast = broadcast;
    this.quorums = quorums;
  }

  void onAccepted(NodeId from, Accepted votes) {
    OneC oneC = stored.get().orElse(null);
    if (oneC == null || !votes.ballot().equals(oneC.ballot())
        || oneC.ballot().proposer().equals(self)
        || !oneC.configuration().votes(from, votes.incarnation(), true)) {
      return;
    }
    if (!ballot.equals(oneC.ballot())) {
      begin(oneC);
    }
    int voter = system.acceptors().indexOf(from);
    if (voter >= 0 && own >= 0) {
      votedUpTo[voter] = Math.max(votedUpTo[voter], votes.upTo().number());
      count();
    }
  }

  private void begin(OneC oneC) {
    ballot = oneC.ballot();
    system = quorums.apply(oneC.configuration());
    own = system.acceptors().indexOf(self);
    votedUpTo = new long[system.acceptors().size()];
  }

  /** What the own acceptor has not voted for yet is on its way here: that is no reason to ask. */
  private void count() {
    long chosen = Math.min(system.reachedByWriteQuorum(votedUpTo), votedUpTo[own]);
    if (chosen > broadcast.decided().number()) {
      broadcast.onDecisions(ballot.proposer(), ballot, InstanceId.of(chosen));
    }
  }
}
