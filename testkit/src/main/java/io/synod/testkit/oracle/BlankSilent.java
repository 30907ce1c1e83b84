package io.synod.testkit.oracle;

import io.synod.api.message.Message;
import io.synod.api.message.RegisterMessage.Promise;
import io.synod.api.message.RegisterMessage.Reply;
import io.synod.api.message.RegisterMessage;
import io.synod.api.model.Configuration;
import io.synod.api.model.Member;
import io.synod.api.model.NodeId;
import io.synod.testkit.oracle.Speakers.Speaker;

/**
 * ★ An acceptor that lost its memory is silent: under the id of a member only the store answers
 * that the configuration of the ballot's 1c means, by its incarnation or as the first one under
 * that id; in phase 1 any may answer, as quorums count stores, but only the first one as the
 * founder's. Every answer carries the incarnation of the store that gives it.
 */
public final class BlankSilent extends Oracle {
  private final EraLedger eras;

  /** Reports to {@code findings} what {@code eras} show. */
  BlankSilent(Findings findings, EraLedger eras) {
    super(findings);
    this.eras = eras;
  }

  @Override
  public void sent(Life from, NodeId to, Message message) {
    if (!(message instanceof Reply reply) || message instanceof RegisterMessage.Nack) {
      return; // a refusal counts for nobody
    }
    if (reply.incarnation() != from.incarnation()
        && !reply.incarnation().equals(from.incarnation())) {
      violated(
          from + " is store " + from.incarnation(),
          "it answered as store " + reply.incarnation());
    }
    Speaker speaker = eras.ballots().speakers().of(from.node(), reply.incarnation());
    BallotView view = reply instanceof Promise ? null : eras.ballots().view(reply.ballot());
    if (view == null) {
      judgePhase1(from, reply, speaker);
    } else {
      judgePhase2(from, reply, speaker, view.oneC().configuration());
    }
  }

  private void judgePhase1(Life from, Reply reply, Speaker speaker) {
    if (!speaker.first() && reply instanceof Promise promise && promise.founding()) {
      violated(
          "another store had answered before as " + from.node(),
          from + " sent " + text(reply) + " as that of a founder");
    }
  }

  private void judgePhase2(
      Life from, Reply reply, Speaker speaker, Configuration configuration) {
    Member member = configuration.member(from.node()).orElse(null);
    if (member == null || !speaker.countsFor(member)) {
      violated(
          "the 1c of ballot " + reply.ballot() + (member == null
              ? " does not name " + from.node()
              : " means the store " + member.incarnation() + " of " + from.node()),
          from + " sent " + text(reply));
    }
  }

  private static String text(Reply reply) {
    return reply.getClass().getSimpleName() + " as store " + reply.incarnation();
  }
}
