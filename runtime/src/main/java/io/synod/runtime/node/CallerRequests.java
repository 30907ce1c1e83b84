package io.synod.runtime.node;

import io.synod.api.model.InstanceId;
import io.synod.api.replication.Outcome;
import io.synod.api.replication.ReadMode;
import io.synod.api.replication.ReadOutcome;
import io.synod.api.replication.ReplicatedStateMachine;
import io.synod.replication.ReplicationSettings;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** Commands and reads of the program that embeds the node: from any thread into the loop. */
final class CallerRequests {
  /** The bounds of what waits and of one request. */
  record Limits(long queueBytes, long requestBytes) {}

  static final Outcome CLOSED = new Outcome.Rejected(
      Outcome.Rejected.Reason.CLOSED, "the node is stopped");

  private final EventLoop loop;
  private final ReplicatedStateMachine machine;
  private final Completions completions;
  private final Executor executor;
  private final Limits limits;
  private final Request.Waiting waiting = new Request.Waiting();

  CallerRequests(
      EventLoop loop, ReplicatedStateMachine machine, Completions completions, Executor executor,
      Limits limits) {
    this.loop = loop;
    this.machine = machine;
    this.completions = completions;
    this.executor = executor;
    this.limits = limits;
  }

  CompletionStage<Outcome> submit(byte[] command) {
    if (command.length > limits.requestBytes) {
      return CompletableFuture.completedFuture(
          new Outcome.Rejected(Outcome.Rejected.Reason.TOO_LARGE, tooLarge(command.length)));
    }
    Submission submission = new Submission(this, command);
    if (!loop.offer(submission, limits.queueBytes)) {
      return CompletableFuture.completedFuture(new Outcome.Rejected(
          Outcome.Rejected.Reason.OVERLOADED, "too much waits for the loop of this node"));
    }
    return submission.stage;
  }

  CompletionStage<ReadOutcome> read(ReadMode mode, InstanceId minIndex, byte[] query) {
    if (query.length > limits.requestBytes) {
      return CompletableFuture.completedFuture(
          new ReadOutcome.Unavailable("the query is too large: " + tooLarge(query.length)));
    }
    Reading reading = new Reading(this, mode, minIndex, query);
    if (!loop.offer(reading, limits.queueBytes)) {
      return CompletableFuture.completedFuture(
          new ReadOutcome.Unavailable("too much waits for the loop of this node"));
    }
    return reading.stage;
  }

  private String tooLarge(int bytes) {
    return bytes + " bytes are more than " + ReplicationSettings.MAX_COMMAND.key() + " = "
        + limits.requestBytes;
  }

  /** Loop thread. */
  ReplicatedStateMachine machine() {
    return machine;
  }

  /** Loop thread. */
  Completions completions() {
    return completions;
  }

  /** Loop thread. */
  Request.Waiting waiting() {
    return waiting;
  }

  /** For a request that was never run; any thread. */
  <T> void completeLate(CompletableFuture<T> stage, T value) {
    try {
      executor.execute(() -> stage.complete(value));
    } catch (RejectedExecutionException e) {
      stage.complete(value); // the executor ended with the node: this is a caller's own thread
    }
  }

  /** The same for a request that has no outcome but failure. */
  void failLate(CompletableFuture<?> stage, Throwable cause) {
    try {
      executor.execute(() -> stage.completeExceptionally(cause));
    } catch (RejectedExecutionException e) {
      stage.completeExceptionally(cause);
    }
  }
}
