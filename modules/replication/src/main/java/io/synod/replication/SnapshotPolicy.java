package io.synod.replication;

import io.synod.api.effect.Snapshots;
import io.synod.api.model.InstanceId;
import io.synod.api.plugin.LayerContext;
import io.synod.api.storage.DurableRecord;
import io.synod.api.storage.SnapshotContent;
import io.synod.api.storage.SnapshotInfo;
import java.util.function.Consumer;

/**
 * When and how snapshots are taken: a checkpoint of all that is not in the snapshot is persisted
 * first; once the snapshot is complete, what lies before the checkpoint may go.
 */
final class SnapshotPolicy {
  private final LayerContext context;
  private final Snapshots snapshots;
  private final Replica replica;
  private final long everyBytes;
  private final long everyNanos;
  private long bytes;
  private long takenNanos;
  private long checkpoints;
  private boolean running;

  /** What the policy needs to know of the node. */
  interface Replica {
    /** Whether all that is decided is applied. */
    boolean quiet();

    InstanceId applied();

    /** Persists the decided watermark, and returns the checkpoint as of now. */
    DurableRecord.Checkpoint checkpoint();

    SnapshotContent content();

    void taken(InstanceId last);
  }

  SnapshotPolicy(LayerContext context, Snapshots snapshots, Replica replica) {
    this.context = context;
    this.snapshots = snapshots;
    this.replica = replica;
    this.everyBytes = context.settings().get(ReplicationSettings.SNAPSHOT_EVERY_BYTES);
    this.everyNanos = context.settings().nanos(ReplicationSettings.SNAPSHOT_EVERY);
    this.takenNanos = context.clock().nanos();
  }

  void applied(int size) {
    bytes += size;
  }

  /** Bytes applied since the last snapshot. */
  long bytes() {
    return bytes;
  }

  void endOfTurn() {
    boolean old = everyNanos > 0 && bytes > 0
        && context.clock().nanos() - takenNanos >= everyNanos;
    if ((bytes >= everyBytes || old) && !running && replica.quiet()) {
      take(info -> {});
    }
  }

  /** Takes one now; false if one is being taken or decisions wait to be applied. */
  boolean take(Consumer<SnapshotInfo> then) {
    if (running || !replica.quiet()) {
      return false;
    }
    running = true;
    bytes = 0;
    takenNanos = context.clock().nanos();
    InstanceId last = replica.applied();
    long own = checkpoint();
    SnapshotContent content = replica.content();
    snapshots.write(last, content, info -> {
      content.release();
      replica.taken(last);
      context.effects().whenDurable(() -> {
        running = false;
        dropBefore(own);
      });
      then.accept(info);
    });
    return true;
  }

  /** A snapshot of a peer took the place of everything before. */
  void installed() {
    bytes = 0;
    long own = checkpoint();
    context.effects().whenDurable(() -> dropBefore(own));
  }

  private long checkpoint() {
    context.effects().persist(replica.checkpoint());
    return ++checkpoints;
  }

  /** A later checkpoint may not be on disk yet, nor its snapshot: its own drop follows. */
  private void dropBefore(long checkpoint) {
    if (checkpoint == checkpoints) {
      context.effects().dropBeforeCheckpoint();
    }
  }
}
