package io.synod.testkit.oracle;

import io.synod.api.message.Message;
import io.synod.api.message.RegisterMessage;
import io.synod.api.model.Ballot;
import io.synod.api.model.Incarnation;
import io.synod.api.model.NodeId;
import io.synod.api.model.Vote;
import io.synod.api.storage.DurableRecord;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * PAccInv: maxBal ≥ maxVBal, no vote strictly between them, and maxVVal is the vote in maxVBal.
 * On the journal of each store: ballots only rise from record to record, and a checkpoint, which
 * states the whole of the acceptor, has exactly the last votes that were recorded. On messages,
 * across restarts of a store: once an answer in ballot b has left, no 2b or other answer of that
 * incarnation in a lower ballot leaves. (A refusal promises nothing about the disk and may
 * overtake answers; it is not judged.)
 */
public final class PAccInv extends Oracle {
  private final AcceptorLedger acceptors;
  private final Map<NodeId, Ballot> recorded = new HashMap<>();
  private final Map<Acceptor, Ballot> answered = new HashMap<>();
  private Acceptor lastAcceptor = new Acceptor(NodeId.of("none"), Incarnation.FOUNDING);

  /** Reports to {@code findings}; must see a record before {@code acceptors} does. */
  PAccInv(Findings findings, AcceptorLedger acceptors) {
    super(findings);
    this.acceptors = acceptors;
  }

  @Override
  public void started(Life life) {
    recorded.put(life.node(), Ballot.BOTTOM);
  }

  @Override
  public void recovered(Life life, DurableRecord record) {
    judge(life, record);
  }

  @Override
  public void persisted(Life life, DurableRecord record) {
    judge(life, record);
    if (record instanceof DurableRecord.Checkpoint checkpoint && life.stable()) {
      judgeState(life, checkpoint);
    }
  }

  private void judge(Life life, DurableRecord record) {
    Ballot ballot = AcceptorLedger.ballot(record);
    if (ballot == null) {
      return;
    }
    Ballot before = recorded.get(life.node());
    if (ballot.before(before)) {
      violated(
          life + " had recorded ballot " + before,
          "it then recorded " + record.getClass().getSimpleName() + " in ballot " + ballot);
    } else if (ballot != before) {
      recorded.put(life.node(), ballot);
    }
  }

  private void judgeState(Life life, DurableRecord.Checkpoint checkpoint) {
    long from = Math.max(
        Math.max(checkpoint.decided().number() + 1, checkpoint.kept().number()),
        forgottenBelow(life, checkpoint));
    CastVotes cast = acceptors.of(life);
    Ballot above = checkpoint.promised().nextInPlace();
    Long2ObjectHashMap<Vote> votes = cast.before(above, from);
    Long2ObjectHashMap<Vote> stated = new Long2ObjectHashMap<>();
    checkpoint.votes().forEach(vote -> stated.put(vote.instance().number(), vote));
    for (long i = from; i <= cast.lastInstance(); i++) {
      if (!Objects.equals(votes.get(i), stated.get(i))) {
        violated(
            life + " recorded " + text(votes.get(i)) + " at instance " + i,
            "its checkpoint has " + text(stated.get(i)) + " there");
      }
    }
  }

  /** An auxiliary may forget what lies below the 1c that it has stored (Cheap Paxos). */
  private static long forgottenBelow(Life life, DurableRecord.Checkpoint checkpoint) {
    return checkpoint.oneC().filter(oneC -> oneC.configuration().isAuxiliary(life.node()))
        .map(oneC -> oneC.low().number()).orElse(0L);
  }

  private static String text(Vote vote) {
    return vote == null ? "no vote" : vote.toString();
  }

  @Override
  public void sent(Life from, NodeId to, Message message) {
    if (message instanceof RegisterMessage.Reply reply
        && !(reply instanceof RegisterMessage.Nack)) {
      judge(from, to, reply);
    }
  }

  private void judge(Life from, NodeId to, RegisterMessage.Reply reply) {
    Ballot ballot = reply.ballot();
    Acceptor acceptor = acceptor(from);
    Ballot known = answered.get(acceptor);
    if (known != null && ballot.before(known)) {
      violated(
          from + " had answered in ballot " + known,
          "it then sent " + reply.getClass().getSimpleName() + " in " + ballot + " to " + to);
    } else if (known != ballot && !(reply instanceof RegisterMessage.Confirmed)) {
      answered.put(acceptor, ballot);
    }
  }

  private Acceptor acceptor(Life life) {
    if (lastAcceptor.node != life.node() || lastAcceptor.store != life.incarnation()) {
      lastAcceptor = new Acceptor(life.node(), life.incarnation());
    }
    return lastAcceptor;
  }

  private record Acceptor(NodeId node, Incarnation store) {}
}
