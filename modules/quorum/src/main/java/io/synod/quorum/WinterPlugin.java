package io.synod.quorum;

import io.synod.api.model.NodeId;
import io.synod.api.model.QuorumSystem;
import io.synod.api.plugin.Plugins;
import io.synod.api.plugin.Setting;
import io.synod.api.plugin.Settings;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * {@code winter} (Deconstructing Paxos, §6.1): for acceptors without stable storage, of which at
 * most nf ever crash under one configuration. It needs fewer answers, the more have recovered.
 */
public final class WinterPlugin implements Plugins.Quorum {
  /** What configurations call it. */
  public static final String NAME = "winter";

  /** nf of the paper. */
  public static final Setting<Integer> CRASHES = Setting.integer("synod.winter.crashes", 0, 0, 500,
      "winter quorums: acceptors of one configuration that may ever crash, fewer than half;"
          + " 0 = as many as that is");
  private static final String PARAMETER = "crashes";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String meaning() {
    return "no stable storage: max(nf + 1, n - nf - |R|) of those who have not recovered (R)";
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(CRASHES);
  }

  @Override
  public String spec(Settings settings) {
    int crashes = settings.get(CRASHES);
    return crashes == 0 ? NAME : NAME + ":" + PARAMETER + "=" + crashes;
  }

  /** {@code crashes}; without it the number follows from that of the acceptors. */
  @Override
  public Settings with(Settings settings, Map<String, String> parameters) {
    String crashes = parameters.get(PARAMETER);
    if (crashes == null || parameters.size() > 1 || !crashes.matches("[0-9]{1,3}")) {
      throw new IllegalArgumentException("winter quorums take the parameter '" + PARAMETER
          + "', a number, and no other, but there are " + parameters);
    }
    return settings.with(CRASHES, Integer.valueOf(crashes));
  }

  @Override
  public QuorumSystem create(List<NodeId> acceptors, Settings settings) {
    int size = acceptors.size();
    int given = settings.get(CRASHES);
    int crashes = given == 0 ? (size - 1) / 2 : given;
    if (size <= 2 * crashes) {
      throw new IllegalArgumentException(slot().key() + " = " + NAME + " needs more acceptors that"
          + " never crash than such that may, but with " + CRASHES.key() + " = " + crashes
          + " there are " + Math.max(0, size - crashes) + " of " + size + ": lower it, or add to"
          + " synod.members");
    }
    return new WinterQuorums(acceptors, crashes, new TreeSet<>());
  }
}
