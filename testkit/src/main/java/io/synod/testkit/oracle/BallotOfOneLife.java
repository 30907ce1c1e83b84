package io.synod.testkit.oracle;

import io.synod.api.message.Message;
import io.synod.api.message.RegisterMessage;
import io.synod.api.model.Ballot;
import io.synod.api.model.NodeId;
import java.util.HashMap;
import java.util.Map;

/**
 * A ballot has one owner: what one life of a process has sent to others in a ballot, no later
 * life of it may go on with. It does not know what was promised, nor what it proposed.
 */
public final class BallotOfOneLife extends Oracle {
  private final Map<Ballot, Integer> lives = new HashMap<>();
  private Ballot last = Ballot.BOTTOM;
  private int lastLife;

  /** Reports to {@code findings}. */
  public BallotOfOneLife(Findings findings) {
    super(findings);
  }

  @Override
  public void sent(Life from, NodeId to, Message message) {
    if (message instanceof RegisterMessage.Request request && !to.equals(from.node())
        && (last != request.ballot() || lastLife != from.number())) {
      last = request.ballot();
      lastLife = from.number();
      judge(from, request);
    }
  }

  private void judge(Life from, RegisterMessage.Request request) {
    Integer owner = lives.putIfAbsent(request.ballot(), from.number());
    if (owner != null && owner != from.number()) {
      violated(
          from.node() + " (start " + owner + ") had used ballot " + request.ballot(),
          from + " then sent " + request.getClass().getSimpleName() + " in it");
    }
  }
}
