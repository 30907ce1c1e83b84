package io.synod.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A question of the caller's and the stage that tells the answer. */
abstract class Pending<T> extends Input {
  private final CompletableFuture<T> stage = new CompletableFuture<>();
  private final long deadline;
  private T outcome;

  Pending(long deadline) {
    this.deadline = deadline;
  }

  /** What the caller holds. */
  final CompletionStage<T> stage() {
    return stage;
  }

  final long deadline() {
    return deadline;
  }

  /** Whether the caller has been, or is about to be, told. Client's thread only. */
  final boolean settled() {
    return outcome != null;
  }

  /** Fixes the outcome; the first one counts. Client's thread only. */
  final boolean settle(T outcome) {
    if (this.outcome != null) {
      return false;
    }
    this.outcome = outcome;
    return true;
  }

  /** Tells the caller what was settled; runs what the caller attached to the stage. */
  final void tell() {
    stage.complete(outcome);
  }

  /** Ends it because the client closes and nothing was sent. */
  abstract void refuseAsClosed(ClientCore core);
}
