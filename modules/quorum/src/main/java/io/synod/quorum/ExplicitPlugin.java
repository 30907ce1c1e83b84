package io.synod.quorum;

import io.synod.api.model.NodeId;
import io.synod.api.model.QuorumSystem;
import io.synod.api.plugin.Plugins;
import io.synod.api.plugin.Setting;
import io.synod.api.plugin.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * {@code explicit}: the quorums are listed, such as {@code n1+n2/n2+n3}, those that read and those
 * that write; one list alone does both. Whoever includes a listed set is a quorum. Every name must
 * be an acceptor's, so that a change of members needs new lists in the same step.
 */
public final class ExplicitPlugin implements Plugins.Quorum {
  /** The sets that read. */
  public static final Setting<String> READS = Setting.text("synod.quorum.read-sets", "",
      "explicit quorums: sets of acceptors that a new leader asks, such as n1+n2/n2+n3/n1+n3");

  /** The sets that write. */
  public static final Setting<String> WRITES = Setting.text("synod.quorum.write-sets", "",
      "explicit quorums: sets of acceptors that vote for a value; empty: those that read");

  private static final SpecParameters PARAMETERS =
      SpecParameters.of("explicit").and("read", READS).and("write", WRITES);

  @Override
  public String name() {
    return "explicit";
  }

  @Override
  public String meaning() {
    return "the sets that are listed read and write";
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(READS, WRITES);
  }

  @Override
  public String spec(Settings settings) {
    return PARAMETERS.spec(settings);
  }

  @Override
  public Settings with(Settings settings, Map<String, String> parameters) {
    return PARAMETERS.with(settings, parameters);
  }

  @Override
  public List<String> contradictions(Settings settings) {
    return settings.get(READS).isBlank()
        ? List.of(slot().key() + " = " + name() + " needs " + READS.key()) : List.of();
  }

  @Override
  public QuorumSystem create(List<NodeId> acceptors, Settings settings) {
    for (String contradiction : contradictions(settings)) {
      throw new IllegalArgumentException(contradiction);
    }
    List<NodeId> ordered = Acceptors.ordered(acceptors);
    Setting<String> writing = settings.get(WRITES).isBlank() ? READS : WRITES;
    ListedQuorums system = new ListedQuorums(
        ordered, sets(READS, ordered, settings), sets(writing, ordered, settings));
    String keys = READS.key() + " = " + settings.get(READS)
        + (writing == READS ? "" : " and " + WRITES.key() + " = " + settings.get(WRITES));
    system.disjoint().ifPresent(pair -> {
      throw IntersectionCheck.refusal(keys, pair);
    });
    return system;
  }

  private static List<SortedSet<NodeId>> sets(
      Setting<String> setting, List<NodeId> acceptors, Settings settings) {
    List<SortedSet<NodeId>> sets = new ArrayList<>();
    for (String text : settings.get(setting).split("/", -1)) {
      SortedSet<NodeId> set = new TreeSet<>();
      for (String name : text.split("\\+", -1)) {
        set.add(acceptor(setting, name.trim(), acceptors));
      }
      sets.add(set);
    }
    return sets;
  }

  private static NodeId acceptor(
      Setting<String> setting, String name, List<NodeId> acceptors) {
    return acceptors.stream().filter(id -> id.name().equals(name)).findFirst()
        .orElseThrow(() -> new IllegalArgumentException(setting.key() + " names '" + name
            + "', which is none of the acceptors " + acceptors));
  }
}
