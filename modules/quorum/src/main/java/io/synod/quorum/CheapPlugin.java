package io.synod.quorum;

import io.synod.api.model.Configuration;
import io.synod.api.model.Member;
import io.synod.api.model.NodeId;
import io.synod.api.model.QuorumSystem;
import io.synod.api.model.Role;
import io.synod.api.plugin.Plugins;
import io.synod.api.plugin.Settings;
import java.util.List;

/**
 * {@code cheap} (Lamport and Massa, Cheap Paxos): majorities over m mains and the first m - 1
 * auxiliaries, so that the mains alone are a quorum, and as many of them may fail as there are
 * auxiliaries that count. The other layers leave auxiliaries alone while all mains answer.
 */
public final class CheapPlugin implements Plugins.Quorum {
  /** What configurations call it. */
  public static final String NAME = "cheap";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String meaning() {
    return "majorities of mains and auxiliaries; auxiliaries only while a main is silent";
  }

  @Override
  public QuorumSystem create(List<NodeId> acceptors, Settings settings) {
    throw new IllegalArgumentException(slot().key() + " = " + NAME
        + " needs to know the roles of " + acceptors);
  }

  @Override
  public QuorumSystem create(Configuration configuration, Settings settings) {
    long mains = configuration.members().stream().filter(CheapPlugin::isMain).count();
    long auxiliaries = configuration.acceptors().size() - mains;
    long counting = Math.min(auxiliaries, mains - 1);
    long[] weights = new long[configuration.acceptors().size()];
    long left = counting;
    int i = 0;
    for (NodeId id : configuration.acceptors()) {
      if (isMain(configuration.member(id).orElseThrow())) {
        weights[i] = 1;
      } else if (left > 0) {
        weights[i] = 1;
        left--;
      }
      i++;
    }
    if (mains == 0) {
      throw new IllegalArgumentException(slot().key() + " = " + NAME
          + " needs at least one member with the role acceptor");
    }
    return new WeightedQuorums(
        configuration.acceptors(), weights, (mains + counting) / 2 + 1);
  }

  private static boolean isMain(Member member) {
    return member.role() == Role.ACCEPTOR;
  }
}
