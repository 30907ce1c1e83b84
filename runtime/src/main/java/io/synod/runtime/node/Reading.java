package io.synod.runtime.node;

import io.synod.api.model.InstanceId;
import io.synod.api.replication.ReadMode;
import io.synod.api.replication.ReadOutcome;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** A read on its way. */
final class Reading extends Request implements Consumer<ReadOutcome> {
  private static final ReadOutcome STOPPED = new ReadOutcome.Unavailable("the node is stopped");

  private final CallerRequests door;
  private final ReadMode mode;
  private final InstanceId minIndex;
  private final byte[] query;
  final CompletableFuture<ReadOutcome> stage = new CompletableFuture<>();

  Reading(CallerRequests door, ReadMode mode, InstanceId minIndex, byte[] query) {
    this.door = door;
    this.mode = mode;
    this.minIndex = minIndex;
    this.query = query;
  }

  @Override
  public int weight() {
    return BASE_WEIGHT + query.length;
  }

  @Override
  public void run() {
    door.waiting().add(this);
    door.machine().read(mode, minIndex, query, this);
  }

  @Override
  public void accept(ReadOutcome outcome) {
    door.waiting().remove(this);
    door.completions().add(stage, outcome);
  }

  @Override
  void giveUp() {
    door.completions().add(stage, STOPPED);
  }

  @Override
  public void abandoned() {
    door.completeLate(stage, STOPPED);
  }
}
