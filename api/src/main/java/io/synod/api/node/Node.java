package io.synod.api.node;

import io.synod.api.membership.Membership;
import io.synod.api.model.InstanceId;
import io.synod.api.replication.Outcome;
import io.synod.api.replication.ReadMode;
import io.synod.api.replication.ReadOutcome;
import io.synod.api.storage.SnapshotInfo;
import java.util.concurrent.CompletionStage;

/**
 * A running node, as the program that embeds it sees it. Any thread; never blocks except where
 * said. Stages complete on the executor that the node was built with, never on its loop; they
 * complete normally with an outcome, whatever it is.
 */
public interface Node extends AutoCloseable {
  /**
   * Submits a command. Commands submitted by one thread take effect in that order. The array
   * must not be written to afterwards.
   */
  CompletionStage<Outcome> submit(byte[] command);

  /** Reads; {@code minIndex} counts for {@link ReadMode#STALE} only. */
  CompletionStage<ReadOutcome> read(ReadMode mode, InstanceId minIndex, byte[] query);

  /** A linearizable read. */
  default CompletionStage<ReadOutcome> read(byte[] query) {
    return read(ReadMode.LINEARIZABLE, InstanceId.NONE, query);
  }

  /** How the node stands. */
  CompletionStage<NodeStatus> status();

  /** Who takes part, and how to change that. */
  Membership membership();

  /** Takes a snapshot now; fails if one is being taken. */
  CompletionStage<SnapshotInfo> snapshot();

  /** Completes, exceptionally if it failed, when the node has stopped for whatever reason. */
  CompletionStage<Void> stopped();

  /** Stops in order: what was acknowledged is durable. Blocks until done; idempotent. */
  @Override
  void close();

  /** Stops like a crash: nothing is flushed, nobody is told. For tests and demonstrations. */
  void kill();
}
