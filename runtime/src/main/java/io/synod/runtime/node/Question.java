package io.synod.runtime.node;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** A question about the node itself; it fails when the node ends first. */
final class Question<T> extends Request {
  private final CallerRequests door;
  private final Consumer<Question<T>> body;
  private final String gone;
  final CompletableFuture<T> stage = new CompletableFuture<>();

  Question(CallerRequests door, Consumer<Question<T>> body, String gone) {
    this.door = door;
    this.body = body;
    this.gone = gone;
  }

  @Override
  public void run() {
    door.waiting().add(this);
    body.accept(this);
  }

  void answer(T value) {
    door.waiting().remove(this);
    door.completions().add(stage, value);
  }

  void refuse(RuntimeException why) {
    door.waiting().remove(this);
    door.completions().fail(stage, why);
  }

  @Override
  void giveUp() {
    door.completions().fail(stage, new IllegalStateException(gone));
  }

  @Override
  public void abandoned() {
    door.failLate(stage, new IllegalStateException(gone));
  }
}
