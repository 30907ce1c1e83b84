package io.synod.quorum;

import io.synod.api.model.NodeId;
import io.synod.api.model.QuorumSystem;
import io.synod.api.plugin.Plugins;
import io.synod.api.plugin.Setting;
import io.synod.api.plugin.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * {@code weighted}: acceptors with more than half of the total weight. Every acceptor needs a
 * weight; weights of nodes that are no acceptors yet are allowed, so that one list can serve
 * several configurations.
 */
public final class WeightedPlugin implements Plugins.Quorum {
  /** Weight of each acceptor. */
  public static final Setting<String> WEIGHTS = Setting.text("synod.quorum.weights", "",
      "weighted quorums: a weight from 0 to 1000000 for each acceptor, such as n1:2,n2:1,n3:1");

  private static final int HEAVIEST = 1_000_000;

  @Override
  public String name() {
    return "weighted";
  }

  @Override
  public String meaning() {
    return "acceptors with more than half of the weight read and write";
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(WEIGHTS);
  }

  @Override
  public String spec(Settings settings) {
    List<String> given = new ArrayList<>();
    parse(settings.get(WEIGHTS)).forEach((id, weight) -> given.add(id + "=" + weight));
    return name() + ":" + String.join(",", given);
  }

  /** A weight for each acceptor, by its id. */
  @Override
  public Settings with(Settings settings, Map<String, String> parameters) {
    List<String> entries = new ArrayList<>();
    parameters.forEach((id, weight) -> entries.add(id + ":" + weight));
    return settings.with(WEIGHTS, String.join(",", entries));
  }

  @Override
  public List<String> contradictions(Settings settings) {
    try {
      parse(settings.get(WEIGHTS));
      return List.of();
    } catch (IllegalArgumentException e) {
      return List.of(e.getMessage());
    }
  }

  @Override
  public QuorumSystem create(List<NodeId> acceptors, Settings settings) {
    SortedMap<NodeId, Integer> given = parse(settings.get(WEIGHTS));
    long[] weights = new long[acceptors.size()];
    long total = 0;
    for (int i = 0; i < weights.length; i++) {
      Integer weight = given.get(acceptors.get(i));
      if (weight == null) {
        throw refusal("gives no weight to acceptor " + acceptors.get(i));
      }
      weights[i] = weight;
      total += weight;
    }
    if (total == 0) {
      throw refusal("gives weight to no acceptor of " + acceptors);
    }
    QuorumSystem system = new WeightedQuorums(acceptors, weights, total / 2 + 1);
    // Two sets of more than half of the weight always meet, however many acceptors there are.
    return weights.length > IntersectionCheck.LARGEST
        ? system : IntersectionCheck.require(system, WEIGHTS.key());
  }

  private static SortedMap<NodeId, Integer> parse(String text) {
    if (text.isBlank()) {
      throw refusal("is not given, but synod.quorum = weighted needs it, such as n1:2,n2:1,n3:1");
    }
    SortedMap<NodeId, Integer> weights = new TreeMap<>();
    for (String entry : text.split(",", -1)) {
      String[] parts = entry.split(":", -1);
      if (parts.length != 2) {
        throw refusal("must list id:weight, but has '" + entry.trim() + "'");
      }
      if (weights.put(id(parts[0].trim()), weight(parts[1].trim())) != null) {
        throw refusal("names " + parts[0].trim() + " twice");
      }
    }
    return weights;
  }

  private static NodeId id(String text) {
    try {
      return NodeId.of(text);
    } catch (IllegalArgumentException e) {
      throw refusal("has a bad id: " + e.getMessage());
    }
  }

  private static int weight(String text) {
    try {
      int weight = Integer.parseInt(text);
      if (weight >= 0 && weight <= HEAVIEST) {
        return weight;
      }
    } catch (NumberFormatException e) {
      throw refusal("has a weight '" + text + "' that is no whole number", e);
    }
    throw refusal("has a weight " + text + " outside 0 to " + HEAVIEST);
  }

  private static IllegalArgumentException refusal(String what) {
    return new IllegalArgumentException(WEIGHTS.key() + " " + what);
  }

  private static IllegalArgumentException refusal(String what, Throwable cause) {
    return new IllegalArgumentException(WEIGHTS.key() + " " + what, cause);
  }
}
