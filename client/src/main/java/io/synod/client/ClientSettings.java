package io.synod.client;

import io.synod.api.plugin.Setting;
import java.time.Duration;
import java.util.List;

/** The keys that a {@link SynodClient} reads. */
public final class ClientSettings {
  /** How long a stage stays open. */
  public static final Setting<Duration> REQUEST_TIMEOUT = duration("request-timeout", 10_000,
      "how long a command or read may take before its stage says so");

  /** How long to wait for a node before another one is tried. */
  public static final Setting<Duration> ATTEMPT_TIMEOUT = duration("attempt-timeout", 1_000,
      "how long a node may give no answer to something sent before another node is tried");

  /** How long a connection attempt may take. */
  public static final Setting<Duration> CONNECT_TIMEOUT = duration("connect-timeout", 2_000,
      "how long connecting to one node may take");

  /** How often a quiet connection is pinged. */
  public static final Setting<Duration> PING_INTERVAL = duration("ping-interval", 1_000,
      "how often a connection and its session are kept alive");

  /** How long nothing at all may be heard. */
  public static final Setting<Duration> SILENCE_TIMEOUT = duration("silence-timeout", 4_000,
      "how long nothing, not even a pong, may be heard before a connection is given up");

  /** The first pause between attempts. */
  public static final Setting<Duration> BACKOFF_LEAST = duration("backoff-least", 10,
      "first pause after a failed attempt; doubled, with jitter, until one succeeds");

  /** The longest pause between attempts. */
  public static final Setting<Duration> BACKOFF_MOST = duration("backoff-most", 500,
      "longest pause between attempts");

  /** How long closing waits for answers. */
  public static final Setting<Duration> CLOSE_TIMEOUT = duration("close-timeout", 5_000,
      "how long closing waits for what is outstanding");

  /** Commands and reads that may be outstanding. */
  public static final Setting<Integer> OUTSTANDING = Setting.integer(
      "synod.client.outstanding", 16_384, 1, 1 << 22,
      "commands and reads that may be outstanding; more are refused or wait");

  /** Bytes of them. */
  public static final Setting<Long> OUTSTANDING_BYTES = Setting.bytes(
      "synod.client.outstanding-bytes", 64L << 20, 1L << 10, 1L << 36,
      "bytes of commands and reads that may be outstanding; more are refused or wait");

  /** What happens beyond. */
  public static final Setting<String> WHEN_FULL = Setting.choice(
      "synod.client.when-full", "reject", List.of("reject", "wait"),
      "beyond the outstanding limits: refuse at once, or block the calling thread for room");

  /** The largest command. */
  public static final Setting<Long> COMMAND_BYTES = Setting.bytes(
      "synod.client.command-bytes", 1L << 20, 1, 1L << 30,
      "largest command or query; nodes have a limit of their own");

  /** Bytes of commands in one message. */
  public static final Setting<Long> BATCH_BYTES = Setting.bytes(
      "synod.client.batch-bytes", 64L << 10, 1, 1L << 30,
      "bytes of commands that one message to a node carries; a larger command goes alone");

  private ClientSettings() {}

  /** All of them, in the order of the documentation. */
  public static List<Setting<?>> all() {
    return List.of(REQUEST_TIMEOUT, ATTEMPT_TIMEOUT, CONNECT_TIMEOUT, PING_INTERVAL,
        SILENCE_TIMEOUT, BACKOFF_LEAST, BACKOFF_MOST, CLOSE_TIMEOUT, OUTSTANDING,
        OUTSTANDING_BYTES, WHEN_FULL, COMMAND_BYTES, BATCH_BYTES);
  }

  private static Setting<Duration> duration(String name, int millis, String meaning) {
    return Setting.duration("synod.client." + name, Duration.ofMillis(millis),
        Duration.ofMillis(1), Duration.ofDays(1), meaning);
  }
}
