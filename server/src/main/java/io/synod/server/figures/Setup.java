package io.synod.server.figures;

import java.util.LinkedHashMap;
import java.util.Map;

/** A cluster that the paper measures: how many processes, and the options that make it. */
record Setup(int processes, Map<String, String> keys) {
  /** At most ten instances at once, as the paper's thread pool allows. */
  private static final String CONCURRENT = "10";

  Setup {
    keys = Map.copyOf(keys);
  }

  /** Fast Paxos in the paper's sense, with concurrent instances. */
  static Setup fast(int processes) {
    return new Setup(processes, stable("fall")).with("synod.broadcast.window", CONCURRENT);
  }

  /** Regular Paxos: reads and writes for every batch, and forces what it delivers. */
  static Setup regular(int processes) {
    return new Setup(processes, stable("classic"));
  }

  Setup consecutive() {
    return with("synod.broadcast.window", "1");
  }

  Setup perMessage() {
    return with("synod.broadcast.batch-count", "1");
  }

  Setup withoutForcedLogs() {
    return with("synod.register", "volatile").with("synod.storage", "memory");
  }

  /** Refuses early what it cannot keep up with. */
  Setup waitingAtMost(int commands) {
    return with("synod.replication.max-waiting", String.valueOf(commands));
  }

  Setup withoutSnapshots() {
    return with("synod.snapshot.every-bytes", "1024G");
  }

  private Setup with(String key, String value) {
    Map<String, String> changed = new LinkedHashMap<>(keys);
    changed.put(key, value);
    return new Setup(processes, changed);
  }

  /** Only stable periods are measured: a busy machine must not look like a failed leader. */
  private static Map<String, String> stable(String variant) {
    return Map.of(
        "synod.variant", variant, "synod.election.timeout", "10s", "synod.election.cap", "30s");
  }
}
