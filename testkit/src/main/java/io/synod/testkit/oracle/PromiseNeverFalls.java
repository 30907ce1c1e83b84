package io.synod.testkit.oracle;

import io.synod.api.message.Message;
import io.synod.api.message.RegisterMessage;
import io.synod.api.model.Ballot;
import io.synod.api.model.Incarnation;
import io.synod.api.model.NodeId;
import java.util.HashMap;
import java.util.Map;

/**
 * An acceptor's promise never falls, across restarts of the same store: once an answer in ballot
 * b has left, no answer of that incarnation in a lower ballot leaves (P1bInv: maxBal[a] ≥ b). A
 * refusal promises nothing about the disk and may overtake answers; it is not judged.
 */
public final class PromiseNeverFalls extends Oracle {
  private final Map<Acceptor, Ballot> highest = new HashMap<>();
  private Acceptor lastAcceptor = new Acceptor(NodeId.of("none"), Incarnation.FOUNDING);

  /** Reports to {@code findings}. */
  public PromiseNeverFalls(Findings findings) {
    super(findings);
  }

  @Override
  public void sent(Life from, NodeId to, Message message) {
    if (message instanceof RegisterMessage.Reply reply
        && !(reply instanceof RegisterMessage.Nack)) {
      judge(from, to, reply);
    }
  }

  private void judge(Life from, NodeId to, RegisterMessage.Reply reply) {
    Ballot answered = reply.ballot();
    Acceptor acceptor = acceptor(from);
    Ballot known = highest.get(acceptor);
    if (known != null && answered.before(known)) {
      violated(
          from + " had answered in ballot " + known,
          "it then sent " + reply.getClass().getSimpleName() + " in " + answered + " to " + to);
    } else if (known != answered && !(reply instanceof RegisterMessage.Confirmed)) {
      highest.put(acceptor, answered);
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
