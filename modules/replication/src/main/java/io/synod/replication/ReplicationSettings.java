package io.synod.replication;

import io.synod.api.plugin.Setting;
import java.time.Duration;
import java.util.List;

/** Keys of the replicated state machine, of snapshots and of admission. */
public final class ReplicationSettings {
  private static final int MB = 1 << 20;

  /** When a snapshot is taken, by size of the log. */
  public static final Setting<Long> SNAPSHOT_EVERY_BYTES = Setting.bytes(
      "synod.snapshot.every-bytes", 64L * MB, 1L << 10, 1L << 40,
      "a snapshot is taken when the log has grown by so much since the last one");

  /** When a snapshot is taken, by age. */
  public static final Setting<Duration> SNAPSHOT_EVERY = Setting.duration(
      "synod.snapshot.every", Duration.ZERO, Duration.ZERO, Duration.ofDays(30),
      "a snapshot is taken when the last one is so old and something was applied since; 0s: never");

  /** The largest command. */
  public static final Setting<Long> MAX_COMMAND = Setting.bytes(
      "synod.replication.max-command", MB, 1, 8L * MB,
      "largest command or query that is taken");

  /** Bound of waiting commands, by count. */
  public static final Setting<Integer> MAX_WAITING = Setting.integer(
      "synod.replication.max-waiting", 65_536, 1, 1 << 24,
      "commands that may wait at one node before further ones are refused as overload");

  /** Bound of waiting commands, by bytes. */
  public static final Setting<Long> MAX_WAITING_BYTES = Setting.bytes(
      "synod.replication.max-waiting-bytes", 64L * MB, MB, 1L << 33,
      "bytes of commands that may wait at one node before further ones are refused as overload");

  /** Life of an idle session. */
  public static final Setting<Duration> SESSION_TIMEOUT = Setting.duration(
      "synod.replication.session-timeout", Duration.ofMinutes(5), Duration.ofSeconds(1),
      Duration.ofDays(30), "a client session unused for so long, by the log's time, is forgotten");

  /** How long a request may wait. */
  public static final Setting<Duration> REQUEST_TIMEOUT = Setting.duration(
      "synod.replication.request-timeout", Duration.ofSeconds(10), Duration.ofMillis(10),
      Duration.ofHours(1), "time after which an unanswered command or read is given up");

  /** Permission to start with an empty store under the id of a former member. */
  public static final Setting<Boolean> NEW_INCARNATION = Setting.flag(
      "synod.storage.new-incarnation", false,
      "lets a member whose store was lost start with an empty one; it learns, and votes only after"
          + " a reconfiguration names it");

  /** How long new members may take to catch up. */
  public static final Setting<Duration> MEMBERSHIP_TIMEOUT = Setting.duration(
      "synod.membership.timeout", Duration.ofMinutes(5), Duration.ofMillis(100),
      Duration.ofDays(1),
      "time in which new members have to catch up; else the change is refused");

  /** When a main is taken for failed. */
  public static final Setting<Duration> CHEAP_SILENCE = Setting.duration(
      "synod.cheap.silence", Duration.ofSeconds(1), Duration.ZERO, Duration.ofHours(1),
      "under cheap quorums, silence after which a main becomes a learner until it has caught up;"
          + " 0s: only by command");

  /** When an acceptor is taken for failed, where a master keeps configurations. */
  public static final Setting<Duration> MASTER_SILENCE = Setting.duration(
      "synod.master.silence", Duration.ofSeconds(1), Duration.ZERO, Duration.ofHours(1),
      "with synod.reconfig = master and quorums all, silence after which an acceptor becomes a"
          + " learner until it has caught up; 0s: only by command");

  /** Whether recovered members are named anew. */
  public static final Setting<Boolean> WINTER_READMIT = Setting.flag(
      "synod.winter.readmit", true,
      "under winter quorums, members that have lost their memory vote again, by a change of members"
          + " of its own accord, once they have caught up; false: only by command");

  private ReplicationSettings() {}

  /** All of them. */
  public static List<Setting<?>> all() {
    return List.of(
        SNAPSHOT_EVERY_BYTES, SNAPSHOT_EVERY, MAX_COMMAND, MAX_WAITING, MAX_WAITING_BYTES,
        SESSION_TIMEOUT, REQUEST_TIMEOUT, NEW_INCARNATION, MEMBERSHIP_TIMEOUT, CHEAP_SILENCE,
        MASTER_SILENCE, WINTER_READMIT);
  }
}
