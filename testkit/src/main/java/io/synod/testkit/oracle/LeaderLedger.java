package io.synod.testkit.oracle;

import io.synod.api.message.Message;
import io.synod.api.message.RegisterMessage.Adopt;
import io.synod.api.model.Era;
import io.synod.api.model.NodeId;
import io.synod.api.storage.DurableRecord.Activated;
import io.synod.api.storage.DurableRecord;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Which members are up and whom each takes for the leader; reports nothing by itself. */
final class LeaderLedger implements Observer {
  private final Map<NodeId, Optional<NodeId>> leaders = new TreeMap<>();
  private Activated inForce;

  @Override
  public void started(Life life) {
    leaders.put(life.node(), Optional.empty());
  }

  @Override
  public void stopped(Life life) {
    leaders.remove(life.node());
  }

  @Override
  public void layer(Life life, LayerEvent event) {
    if (event instanceof LayerEvent.LeaderChanged changed) {
      leaders.put(life.node(), changed.leader());
    }
  }

  @Override
  public void persisted(Life life, DurableRecord record) {
    if (record instanceof Activated activated) {
      active(activated);
    }
  }

  @Override
  public void sent(Life from, NodeId to, Message message) {
    if (inForce == null && message instanceof Adopt adopt && adopt.oneC().era().equals(Era.ZERO)) {
      active(new Activated(Era.ZERO, adopt.oneC().configuration()));
    }
  }

  private void active(Activated era) {
    if (inForce == null || inForce.era().compareTo(era.era()) < 0) {
      inForce = era;
    }
  }

  /**
   * Whether it is a member of the highest era that somebody has recorded as active, and hears who
   * leads.
   */
  boolean isMember(NodeId node) {
    return inForce == null || inForce.configuration().learners().contains(node);
  }

  /** The live member that all live members name, if there is one. */
  Optional<NodeId> agreed() {
    Optional<NodeId> named = Optional.empty();
    for (Map.Entry<NodeId, Optional<NodeId>> each : leaders.entrySet()) {
      Optional<NodeId> leader = each.getValue();
      if (isMember(each.getKey())) {
        boolean fits = leader.filter(leaders::containsKey).filter(this::isMember).isPresent()
            && (named.isEmpty() || named.equals(leader));
        if (!fits) {
          return Optional.empty();
        }
        named = leader;
      }
    }
    return named;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(64);
    leaders.forEach((node, leader) -> text.append(text.isEmpty() ? "" : ", ").append(node)
        .append(" names ").append(leader.map(NodeId::name).orElse("nobody")));
    return text.toString();
  }
}
