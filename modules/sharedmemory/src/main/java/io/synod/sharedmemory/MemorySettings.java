package io.synod.sharedmemory;

import io.synod.api.plugin.Setting;
import java.util.List;

/** The keys of atomic registers. */
public final class MemorySettings {
  /** One writer needs no round trip to find out the next tag. */
  public static final Setting<String> WRITER = Setting.text(
      "synod.memory.writer", "",
      "abd: the one node at which registers are written, in one round trip; empty: any node"
          + " writes, in two. The same at all nodes, and never changed in a cluster that has data");

  /** What saves the second round trip of a read. */
  public static final Setting<String> COMPLETION = Setting.choice(
      "synod.memory.completion", "announced", List.of("announced", "agreed", "off"),
      "abd: when a read need not propagate what it found: announced: also if somebody says that a"
          + " write quorum has it; agreed: if a write quorum answered it; off: never");

  /** Bound of a value. */
  public static final Setting<Long> MAX_VALUE = Setting.bytes(
      "synod.memory.max-value", 1L << 20, 1, 8L << 20, "abd: largest value that is taken");

  /** How much journal is kept for nothing. */
  public static final Setting<Long> CHECKPOINT_BYTES = Setting.bytes(
      "synod.memory.checkpoint-bytes", 16L << 20, 1L << 10, 1L << 36,
      "abd: the journal is rewritten when it has grown by so much, and by twice what is live");

  private MemorySettings() {}

  /** All of them. */
  public static List<Setting<?>> all() {
    return List.of(WRITER, COMPLETION, MAX_VALUE, CHECKPOINT_BYTES);
  }
}
