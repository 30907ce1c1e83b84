package io.synod.election.fixed;

import io.synod.api.election.WeakLeaderElection;
import io.synod.api.model.NodeId;
import io.synod.api.plugin.LayerContext;
import io.synod.api.plugin.Plugins;
import io.synod.api.plugin.Setting;
import io.synod.api.plugin.Settings;
import java.util.List;
import java.util.Optional;

/**
 * {@code fixed}: the member that the configuration names leads, and it takes no message. It is no
 * election: when that member fails nobody takes over, and only its return, or a restart of all
 * nodes with another name, brings progress back. Losing a ballot
 * changes nothing, nor does a wish that somebody else lead: a change that takes the named member
 * out is refused while others stay. Where it is no member any more, the first that may lead does.
 */
public final class FixedPlugin implements Plugins.Election {
  /** Who leads. */
  public static final Setting<String> LEADER = Setting.text("synod.election.leader", "",
      "fixed: the member that leads; the same on all nodes");

  @Override
  public String name() {
    return "fixed";
  }

  @Override
  public String meaning() {
    return "the member that is named leads; when it fails nobody takes over";
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(LEADER);
  }

  @Override
  public List<String> contradictions(Settings settings) {
    String leader = settings.get(LEADER);
    if (leader.isEmpty()) {
      return List.of("needs " + LEADER.key());
    }
    try {
      NodeId.of(leader);
      return List.of();
    } catch (IllegalArgumentException e) {
      return List.of(LEADER.key() + ": " + e.getMessage());
    }
  }

  @Override
  public Optional<NodeId> indispensable(Settings settings) {
    return Optional.of(NodeId.of(settings.get(LEADER)));
  }

  @Override
  public WeakLeaderElection create(LayerContext context) {
    return new FixedElection(context, NodeId.of(context.settings().get(LEADER)));
  }
}
