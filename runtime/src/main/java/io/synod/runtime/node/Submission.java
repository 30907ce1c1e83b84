package io.synod.runtime.node;

import io.synod.api.replication.Outcome;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** A command on its way; one object for queue, list of the waiting, and callback. */
final class Submission extends Request implements Consumer<Outcome> {
  private final CallerRequests door;
  private final byte[] command;
  final CompletableFuture<Outcome> stage = new CompletableFuture<>();

  Submission(CallerRequests door, byte[] command) {
    this.door = door;
    this.command = command;
  }

  @Override
  public int weight() {
    return BASE_WEIGHT + command.length;
  }

  @Override
  public void run() {
    door.waiting().add(this);
    door.machine().submit(command, this);
  }

  @Override
  public void accept(Outcome outcome) {
    door.waiting().remove(this);
    door.completions().add(stage, outcome);
  }

  @Override
  void giveUp() {
    door.completions().add(stage, new Outcome.Indeterminate(
        "the node stopped before the command's outcome was known"));
  }

  @Override
  public void abandoned() {
    door.completeLate(stage, CallerRequests.CLOSED);
  }
}
