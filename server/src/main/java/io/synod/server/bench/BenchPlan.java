package io.synod.server.bench;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is to be measured. */
record BenchPlan(
    String variant, int nodes, List<Integer> outstanding, int payload, int seconds, int rounds,
    boolean durable, Via via, Path directory) {
  static final String CLUSTER = "bench";

  /** Which way commands go. */
  enum Via {
    /** Through the leader's node, as a program that embeds it would. */
    node,
    /** Through one client over a TCP connection. */
    client
  }

  String system() {
    return "synod-" + (variant == null ? "fall" : variant) + (via == Via.client ? "-client" : "");
  }

  /** How long the load runs before it is measured. */
  long warmUpMillis() {
    return Math.max(1_000, seconds * 1_000L / 3);
  }

  Map<String, String> keys() {
    Map<String, String> keys = new LinkedHashMap<>();
    if (variant != null) {
      keys.put("synod.variant", variant);
    }
    if (!durable) {
      keys.put("synod.storage", "memory");
    }
    return keys;
  }
}
