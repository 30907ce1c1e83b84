package io.synod.testkit.sabotage;

import io.synod.api.message.Message;
import io.synod.api.message.RegisterMessage.Accept;
import io.synod.api.message.RegisterMessage.Accepted;
import io.synod.api.message.RegisterMessage.Adopt;
import io.synod.api.message.RegisterMessage.Confirm;
import io.synod.api.message.RegisterMessage.Confirmed;
import io.synod.api.message.RegisterMessage.Prepare;
import io.synod.api.message.RegisterMessage.Promise;
import io.synod.api.message.RegisterMessage.Request;
import io.synod.api.model.Ballot;
import io.synod.api.model.Eras;
import io.synod.api.model.InstanceId;
import io.synod.api.model.NodeId;
import io.synod.api.model.OneC;
import io.synod.api.model.Value;
import io.synod.api.model.Vote;
import io.synod.api.plugin.LayerContext;
import io.synod.api.register.LocalAcceptor;
import io.synod.api.storage.DurableRecord.Checkpoint;
import io.synod.api.storage.DurableRecord;
import io.synod.testkit.forward.ForwardingAcceptor;
import java.util.List;
import java.util.Map;

/** Rules of the acceptor: when it promises, when it votes, what it tells and what it forgets. */
final class AcceptorMutants {
  private AcceptorMutants() {}

  static List<Sabotage> all() {
    return List.of(
        new Sabotage(
            "vote-below-promise", "an acceptor votes in a ballot below its promise",
            "Phase2b: only in b >= maxBal (P)",
            parts -> parts.acceptor(VoteBelowPromise::new)),
        new Sabotage(
            "promise-below-promise", "an acceptor answers a 1a below its promise",
            "Phase1b: only for b > maxBal (P)",
            parts -> parts.acceptor(PromiseBelowPromise::new)),
        new Sabotage(
            "promise-hides-vote", "a 1b leaves out the last vote",
            "a 1b reports every vote (P P1bInv)",
            parts -> parts.effects(Tamper.sent(AcceptorMutants::withoutLastVote))),
        new Sabotage(
            "1c-without-votes", "a 1c is stored without its votes for the window",
            "the window of a stored 1c counts as voted for (P Phase1c)",
            parts -> parts.acceptor(NoVotesForWindow::new)),
        new Sabotage(
            "vote-without-1c", "an acceptor votes in a ballot whose 1c it has not stored",
            "a cumulative 2b covers the 1c's window",
            parts -> parts.acceptor(VoteWithoutOneC::new)),
        new Sabotage(
            "forget-before-decided", "an acceptor drops one vote more than is decided",
            "votes go only when all is decided and held",
            parts -> parts.acceptor((context, acceptor) -> new ForwardingAcceptor(acceptor) {
              @Override
              public void held(InstanceId upTo) {
                inner.held(upTo.next());
              }
            })),
        new Sabotage(
            "confirm-when-superseded", "an acceptor confirms a ballot below its promise",
            "a read is valid only in the highest ballot (L reads)",
            parts -> parts.acceptor(ConfirmAnything::new)),
        new Sabotage(
            "learn-any-vote", "a node learns its own vote whatever the ballot it was cast in",
            "a decision is the vote of the leader's ballot",
            parts -> parts.acceptor((context, acceptor) -> new ForwardingAcceptor(acceptor) {
              @Override
              public Value voteIn(Ballot ballot, InstanceId instance) {
                return inner.vote(instance);
              }
            })));
  }

  private static Message withoutLastVote(Message message) {
    if (!(message instanceof Promise p) || p.votes().isEmpty()) {
      return message;
    }
    List<Vote> fewer = p.votes().subList(0, p.votes().size() - 1);
    return Altered.votes(p, fewer);
  }

  /** What they all need: the effects and the id of the store. */
  private abstract static class Tampered extends ForwardingAcceptor {
    protected final LayerContext context;

    Tampered(LayerContext context, LocalAcceptor inner) {
      super(inner);
      this.context = context;
    }

    void answer(NodeId to, Message message) {
      context.effects().send(to, message);
    }

    Accepted accepted(Ballot ballot, InstanceId upTo) {
      return new Accepted(ballot, context.incarnation(), upTo);
    }
  }

  private static final class VoteBelowPromise extends Tampered {
    VoteBelowPromise(LayerContext context, LocalAcceptor inner) {
      super(context, inner);
    }

    @Override
    public void onRequest(NodeId from, Request request) {
      if (request instanceof Accept accept && accept.ballot().before(promised())) {
        context.effects().persist(
            new DurableRecord.Voted(accept.ballot(), accept.first(), accept.values()));
        answer(from, accepted(accept.ballot(), accept.last()));
      } else {
        inner.onRequest(from, request);
      }
    }
  }

  private static final class PromiseBelowPromise extends Tampered {
    PromiseBelowPromise(LayerContext context, LocalAcceptor inner) {
      super(context, inner);
    }

    @Override
    public void onRequest(NodeId from, Request request) {
      if (request instanceof Prepare prepare && prepare.ballot().before(promised())) {
        Eras eras = Eras.founding(context.founders());
        Checkpoint all = checkpoint(new Rest(
            0, false, Map.of(), eras, Ballot.BOTTOM, prepare.from().plus(-1)));
        answer(from, new Promise(
            prepare.ballot(), context.incarnation(), true, all.kept(), all.floor(),
            eras.active(), all.adopted(), Map.of(), all.votes()));
      } else {
        inner.onRequest(from, request);
      }
    }
  }

  private static final class NoVotesForWindow extends Tampered {
    NoVotesForWindow(LayerContext context, LocalAcceptor inner) {
      super(context, inner);
    }

    @Override
    public void onRequest(NodeId from, Request request) {
      if (request instanceof Adopt adopt && !adopt.ballot().before(promised())) {
        OneC whole = adopt.oneC();
        inner.onRequest(from, new Adopt(new OneC(
            whole.ballot(), whole.era(), whole.configuration(), whole.low(), List.of())));
        answer(from, accepted(whole.ballot(), whole.windowEnd()));
      } else {
        inner.onRequest(from, request);
      }
    }
  }

  private static final class VoteWithoutOneC extends Tampered {
    private Ballot stored = Ballot.BOTTOM;

    VoteWithoutOneC(LayerContext context, LocalAcceptor inner) {
      super(context, inner);
    }

    @Override
    public void onRequest(NodeId from, Request request) {
      boolean late = request.ballot().before(promised());
      if (request instanceof Adopt && !late) {
        stored = request.ballot();
      }
      if (request instanceof Accept accept && !late && stored.before(accept.ballot())) {
        DurableRecord vote =
            new DurableRecord.Voted(accept.ballot(), accept.first(), accept.values());
        recover(vote);
        context.effects().persist(vote);
        answer(from, accepted(accept.ballot(), accept.last()));
      } else {
        inner.onRequest(from, request);
      }
    }
  }

  private static final class ConfirmAnything extends Tampered {
    ConfirmAnything(LayerContext context, LocalAcceptor inner) {
      super(context, inner);
    }

    @Override
    public void onRequest(NodeId from, Request request) {
      if (request instanceof Confirm confirm && confirm.ballot().before(promised())) {
        answer(from, new Confirmed(confirm.ballot(), context.incarnation(), confirm.round()));
      } else {
        inner.onRequest(from, request);
      }
    }
  }
}
