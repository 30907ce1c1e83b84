package io.synod.testkit.oracle;

import io.synod.api.message.Message;
import io.synod.api.message.RegisterMessage.Accepted;
import io.synod.api.message.RegisterMessage.Prepare;
import io.synod.api.message.RegisterMessage.Promise;
import io.synod.api.model.Ballot;
import io.synod.api.model.Incarnation;
import io.synod.api.model.InstanceId;
import io.synod.api.model.NodeId;
import io.synod.api.model.Vote;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * P1bInv: a 1b of ballot b names, at every instance asked for and still kept, the acceptor's last
 * vote below b (it did not vote in ballots mbal+1 … b−1), and no vote that was not cast. Judged
 * on what a stable acceptor has recorded, and for every acceptor on the 2b's that it has sent.
 * (maxBal ≥ b afterwards is part of {@link PAccInv}.)
 */
public final class P1bInv extends Oracle {
  private static final int ROUNDS = 256;

  private final AcceptorLedger acceptors;
  private final BallotLedger ballots;
  private final TreeMap<Ballot, InstanceId> asked = new TreeMap<>();
  private final Map<NodeId, Said> said = new HashMap<>();
  private Prepare lastPrepare;

  /** Reports to {@code findings}, comparing with what the two show. */
  P1bInv(Findings findings, AcceptorLedger acceptors, BallotLedger ballots) {
    super(findings);
    this.acceptors = acceptors;
    this.ballots = ballots;
  }

  @Override
  public void sent(Life from, NodeId to, Message message) {
    if (message instanceof Accepted accepted) {
      said(from, accepted);
    } else if (message instanceof Prepare prepare && prepare != lastPrepare) {
      lastPrepare = prepare;
      asked.merge(prepare.ballot(), prepare.from(), InstanceId::max);
      if (asked.size() > ROUNDS) {
        asked.pollFirstEntry();
      }
    } else if (message instanceof Promise promise) {
      judge(from, promise);
    }
  }

  private void said(Life from, Accepted accepted) {
    Said last = said.get(from.node());
    if (last == null || !last.store.equals(accepted.incarnation())) {
      last = new Said(accepted.incarnation());
      said.put(from.node(), last);
    }
    last.voted(accepted.ballot(), accepted.upTo().number());
  }

  private void judge(Life from, Promise promise) {
    Long2ObjectHashMap<Vote> reported = new Long2ObjectHashMap<>();
    promise.votes().forEach(vote -> reported.put(vote.instance().number(), vote));
    InstanceId first = asked.get(promise.ballot());
    long least = first == null ? Long.MAX_VALUE : InstanceId.max(first, promise.kept()).number();
    judgeBallots(from, promise);
    if (from.stable()) {
      judgeRecords(from, promise, least, reported);
    }
    judgeSaid(from, promise, least, reported);
  }

  private void judgeBallots(Life from, Promise promise) {
    for (Vote vote : promise.votes()) {
      if (!vote.ballot().before(promise.ballot())) {
        violated(from + " answered a 1a of ballot " + promise.ballot(), "it reported " + vote);
      }
    }
  }

  private void judgeRecords(
      Life from, Promise promise, long least, Long2ObjectHashMap<Vote> reported) {
    CastVotes votes = acceptors.of(from);
    Long2ObjectHashMap<Vote> cast = votes.before(promise.ballot(), promise.kept().number());
    for (Vote vote : promise.votes()) {
      long instance = vote.instance().number();
      if (instance >= votes.forgottenBelow() && !vote.equals(cast.get(instance))) {
        violated(
            from + " reported " + vote + " in ballot " + promise.ballot(),
            "it cast " + cast.get(instance));
      }
    }
    for (long i = least; i <= votes.lastInstance(); i++) {
      if (cast.get(i) != null && reported.get(i) == null) {
        violated(from + " cast " + cast.get(i), silent(promise, least));
      }
    }
    votes.forget(promise.kept().number());
  }

  private void judgeSaid(
      Life from, Promise promise, long least, Long2ObjectHashMap<Vote> reported) {
    Said last = said.get(from.node());
    if (last == null || !last.store.equals(promise.incarnation())
        || !last.ballot.before(promise.ballot())) {
      return;
    }
    BallotView view = ballots.view(last.ballot);
    for (long i = Math.max(least, view == null ? 1 : view.low()); i <= last.upTo; i++) {
      Vote vote = reported.get(i);
      if (vote == null || vote.ballot().before(last.ballot)) {
        violated(
            from + " sent a 2b of ballot " + last.ballot + " for instance " + i,
            vote == null ? silent(promise, least) : "its 1b names " + vote);
        return;
      }
    }
  }

  private static String silent(Promise promise, long least) {
    return "its 1b of ballot " + promise.ballot() + " for instances from " + least
        + " does not say so";
  }

  /** The last 2b of a store. */
  private static final class Said {
    private final Incarnation store;
    private Ballot ballot = Ballot.BOTTOM;
    private long upTo;

    Said(Incarnation store) {
      this.store = store;
    }

    void voted(Ballot in, long to) {
      if (ballot != in && !ballot.equals(in)) {
        ballot = in;
        upTo = 0;
      }
      upTo = Math.max(upTo, to);
    }
  }
}
