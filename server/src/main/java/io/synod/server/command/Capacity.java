package io.synod.server.command;

import io.synod.api.model.NodeId;
import io.synod.api.model.QuorumSystem;
import io.synod.quorum.Load;
import io.synod.server.cli.CommandFailed;
import io.synod.server.cli.Table;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What quorums ask of each node, and what they bear at given speeds. */
record Capacity(Map<NodeId, Double> speeds, Load writes, Load reads) {
  private static final double PERCENT = 100;

  /**
   * At speeds given by node, or all alike where none is given.
   *
   * @throws CommandFailed for a node that is no acceptor, or one without a speed above 0
   */
  static Capacity of(QuorumSystem quorums, Map<String, String> given) {
    Map<NodeId, Double> speeds = new LinkedHashMap<>();
    for (NodeId id : quorums.acceptors()) {
      String speed = given.isEmpty() ? "1" : given.get(id.name());
      if (speed == null) {
        throw CommandFailed.usage("--speeds: none for " + id + "; name all acceptors");
      }
      speeds.put(id, positive(id, speed));
    }
    for (String name : given.keySet()) {
      if (quorums.acceptors().stream().noneMatch(id -> id.name().equals(name))) {
        throw CommandFailed.usage("--speeds: " + name + " is no acceptor");
      }
    }
    return new Capacity(
        speeds, Load.ofWrites(quorums, speeds), Load.ofReads(quorums, speeds));
  }

  private static double positive(NodeId id, String text) {
    try {
      double speed = Double.parseDouble(text);
      if (speed > 0 && speed < 1e15) {
        return speed;
      }
    } catch (NumberFormatException e) {
      // told below
    }
    throw CommandFailed.usage(
        "--speeds " + id + "=" + text + ": expected commands a second, above 0");
  }

  void print(PrintWriter out, boolean speedsGiven) {
    out.println("load, under the best strategy for choosing quorums; speeds "
        + (speedsGiven ? "as given:" : "all alike (--speeds):"));
    Table table = new Table("acceptor", "speed", "% of commands", "% of reads", "% busy");
    speeds.forEach((id, speed) -> table.row(id, number(speed),
        percent(writes.shares().get(id)), percent(reads.shares().get(id)),
        percent(writes.utilisation().get(id))));
    table.print(out);
    String unit = speedsGiven ? " a second" : " times the speed of one";
    out.println("capacity: commands " + number(writes.capacity()) + unit + ", confirmed reads "
        + number(reads.capacity()) + unit);
    out.println("as built, each command goes to all acceptors that are not in reserve, and the"
        + " first quorum decides: " + number(writes.sentToAll()) + unit);
    out.flush();
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f", share * PERCENT);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value < PERCENT ? "%.2f" : "%.0f", value);
  }

  Map<String, Object> json() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("speeds", named(speeds));
    fields.put("commands", json(writes));
    fields.put("reads", json(reads));
    return fields;
  }

  private static Map<String, Object> json(Load load) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("load", load.busiest());
    fields.put("capacity", load.capacity());
    fields.put("sentToAll", load.sentToAll());
    fields.put("shares", named(load.shares()));
    fields.put("utilisation", named(load.utilisation()));
    return fields;
  }

  private static Map<String, Double> named(Map<NodeId, Double> values) {
    Map<String, Double> named = new LinkedHashMap<>();
    values.forEach((id, value) -> named.put(id.name(), value));
    return named;
  }
}
