package io.synod.testkit.oracle;

import io.synod.api.model.NodeId;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Who is up and whom each takes for the leader; reports nothing by itself. */
final class LeaderLedger implements Observer {
  private final Map<NodeId, Optional<NodeId>> leaders = new TreeMap<>();

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

  /** The live node that all live nodes name, if there is one. */
  Optional<NodeId> agreed() {
    Optional<NodeId> first = leaders.values().stream().findFirst().orElse(Optional.empty());
    boolean same = first.isPresent() && leaders.containsKey(first.get())
        && leaders.values().stream().allMatch(first::equals);
    return same ? first : Optional.empty();
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(64);
    leaders.forEach((node, leader) -> text.append(text.isEmpty() ? "" : ", ").append(node)
        .append(" names ").append(leader.map(NodeId::name).orElse("nobody")));
    return text.toString();
  }
}
