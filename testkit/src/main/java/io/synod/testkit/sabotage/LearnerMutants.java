package io.synod.testkit.sabotage;

import io.synod.api.message.Message;
import io.synod.api.message.RegisterMessage.Accepted;
import io.synod.api.message.RegisterMessage.Adopt;
import io.synod.api.model.Ballot;
import io.synod.api.model.NodeId;
import io.synod.link.Learning;
import io.synod.testkit.sim.NodeParts;
import io.synod.testkit.sim.NodeProcess;
import java.util.List;

/** Rules of learners that count votes themselves. */
final class LearnerMutants {
  private LearnerMutants() {}

  static List<Sabotage> all() {
    return List.of(
        new Sabotage(
            "votes-of-any-ballot", "a learner counts votes of different ballots together",
            "a value is chosen by votes of one ballot (P, L)",
            parts -> countingAll(parts).process(
                inner -> new AnyBallot(inner, parts.context().self()))));
  }

  private static NodeParts countingAll(NodeParts parts) {
    return parts.settings(s -> s.with(Learning.LEARN, Learning.ALL));
  }

  /** Takes every vote for one of the ballot whose 1c came last. */
  private static final class AnyBallot extends ForwardingProcess {
    private final NodeId self;
    private Ballot latest = Ballot.BOTTOM;

    AnyBallot(NodeProcess inner, NodeId self) {
      super(inner);
      this.self = self;
    }

    @Override
    public void onMessage(NodeId from, Message message) {
      if (message instanceof Adopt adopt) {
        latest = Ballot.max(latest, adopt.ballot());
      }
      boolean counted = message instanceof Accepted votes && !latest.equals(Ballot.BOTTOM)
          && !votes.ballot().proposer().equals(self) && !latest.proposer().equals(self);
      inner.onMessage(from, counted ? inLatest((Accepted) message) : message);
    }

    private Accepted inLatest(Accepted votes) {
      return new Accepted(latest, votes.incarnation(), votes.upTo());
    }
  }
}
