package io.synod.testkit.sim;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/** How often each kind of fault has happened in one run. */
final class FaultCounts {
  private final long[] counts = new long[FaultKind.values().length];

  void add(FaultKind kind) {
    counts[kind.ordinal()]++;
  }

  long of(FaultKind kind) {
    return counts[kind.ordinal()];
  }

  /** Those that happened, in the order of the kinds; read-only. */
  Map<FaultKind, Long> toMap() {
    Map<FaultKind, Long> happened = new EnumMap<>(FaultKind.class);
    for (FaultKind kind : FaultKind.values()) {
      if (of(kind) > 0) {
        happened.put(kind, of(kind));
      }
    }
    return Collections.unmodifiableMap(happened);
  }
}
