package io.synod.quorum;

import io.synod.api.model.NodeId;
import io.synod.api.model.QuorumSystem;
import io.synod.api.plugin.Plugins;
import io.synod.api.plugin.Setting;
import io.synod.api.plugin.Settings;
import java.util.List;
import java.util.Map;

/**
 * {@code grid}: the acceptors stand in rows, filled in the order of ids and as even as can be; one
 * of each row is a read quorum, a whole row is a write quorum. With r rows of c it takes r
 * acceptors to read and c to write, and commands can be spread over r disjoint sets.
 */
public final class GridPlugin implements Plugins.Quorum {
  /** How many rows there are. */
  public static final Setting<Integer> ROWS = Setting.integer("synod.quorum.rows", 0, 0, 1000,
      "grid quorums: rows in which the acceptors stand; one of each reads, a whole one writes");

  private static final SpecParameters PARAMETERS =
      SpecParameters.of("grid").and("rows", ROWS);

  @Override
  public String name() {
    return "grid";
  }

  @Override
  public String meaning() {
    return "acceptors in rows: one of each row reads, a whole row writes";
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(ROWS);
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
    return settings.get(ROWS) > 0 ? List.of()
        : List.of(slot().key() + " = " + name() + " needs " + ROWS.key());
  }

  @Override
  public QuorumSystem create(List<NodeId> acceptors, Settings settings) {
    for (String contradiction : contradictions(settings)) {
      throw new IllegalArgumentException(contradiction);
    }
    int rows = settings.get(ROWS);
    if (rows > acceptors.size()) {
      throw new IllegalArgumentException(ROWS.key() + " = " + rows + ", but there are only "
          + acceptors.size() + " acceptors");
    }
    // A read quorum has a member in every row, so it meets every whole row.
    return new GridQuorums(acceptors, rows);
  }
}
