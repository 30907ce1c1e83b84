package io.synod.broadcast.pipelined;

import io.synod.api.plugin.Setting;
import java.time.Duration;
import java.util.List;

/** Keys of total order broadcast. */
public final class BroadcastSettings {
  /** Instances proposed and not yet decided. */
  public static final Setting<Integer> WINDOW = Setting.integer(
      "synod.broadcast.window", 16, 1, 4096,
      "most instances on their way at once: concurrent ones; 1: one after the other");

  /** Messages in one instance. */
  public static final Setting<Integer> BATCH_COUNT = Setting.integer(
      "synod.broadcast.batch-count", 1 << 16, 1, 1 << 20,
      "most messages put into one instance: an instance per batch; 1: an instance per message");

  /** Bytes of messages in one instance. */
  public static final Setting<Long> BATCH_BYTES = Setting.bytes(
      "synod.broadcast.batch-bytes", 256L << 10, 1L, 16L << 20,
      "most bytes of messages put into one instance (one message may be larger)");

  /** Bytes of messages taken and not yet proposed. */
  public static final Setting<Long> QUEUE_BYTES = Setting.bytes(
      "synod.broadcast.queue-bytes", 64L << 20, 1L << 10, 1L << 32,
      "bytes waiting at the leader beyond which it answers overloaded");

  /** Messages taken and not yet proposed. */
  public static final Setting<Integer> QUEUE_COUNT = Setting.integer(
      "synod.broadcast.queue-count", 1 << 18, 1, 1 << 26,
      "messages waiting at the leader beyond which it answers overloaded");

  /** Bytes of old decisions. */
  public static final Setting<Long> RETAIN_BYTES = Setting.bytes(
      "synod.broadcast.retain-bytes", 32L << 20, 0L, 1L << 40,
      "decisions kept in memory for peers that are behind, besides those since the last snapshot");

  /** Whether delivery waits for the disk. */
  public static final Setting<Boolean> FORCED_DELIVERY = Setting.flag(
      "synod.broadcast.forced-delivery", false,
      "force the decided watermark before delivering (figure 13); costs a third forced log");

  /** How often nodes tell each other how far they are. */
  public static final Setting<Duration> PROGRESS = Setting.duration(
      "synod.broadcast.progress", Duration.ofMillis(100), Duration.ofMillis(5),
      Duration.ofMinutes(1), "time between two reports of the decided watermark to peers");

  /** Bytes in one catch-up answer. */
  public static final Setting<Long> CATCH_UP_BYTES = Setting.bytes(
      "synod.broadcast.catch-up-bytes", 1L << 20, 1L << 10, 16L << 20,
      "most bytes of decisions, or of a snapshot, in one answer to a node that is behind");

  private BroadcastSettings() {}

  /** All of them. */
  public static List<Setting<?>> all() {
    return List.of(
        WINDOW, BATCH_COUNT, BATCH_BYTES, QUEUE_BYTES, QUEUE_COUNT, RETAIN_BYTES,
        FORCED_DELIVERY, PROGRESS, CATCH_UP_BYTES);
  }
}
