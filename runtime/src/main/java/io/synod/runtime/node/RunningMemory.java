package io.synod.runtime.node;

import io.synod.api.memory.Counts;
import io.synod.api.memory.MemoryNode;
import io.synod.api.memory.NotTheWriterException;
import io.synod.api.model.NodeId;
import io.synod.sharedmemory.AtomicRegisters;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** The door of a running node of atomic registers. */
final class RunningMemory implements MemoryNode {
  private final NodeId self;
  private final EventLoop loop;
  private final AtomicRegisters registers;
  private final CallerRequests requests;
  private final Ending ending;

  RunningMemory(
      NodeId self, EventLoop loop, AtomicRegisters registers, CallerRequests requests,
      Ending ending) {
    this.self = self;
    this.loop = loop;
    this.registers = registers;
    this.requests = requests;
    this.ending = ending;
  }

  @Override
  public CompletionStage<Optional<byte[]>> read(String name) {
    return ask(question ->
        registers.read(name, found -> question.answer(found.map(byte[]::clone))));
  }

  @Override
  public CompletionStage<Void> write(String name, byte[] value) {
    return ask(question -> registers.write(name, value, () -> question.answer(null)));
  }

  @Override
  public CompletionStage<Counts> counts() {
    return ask(question -> question.answer(registers.counts()));
  }

  /** What an operation refuses fails its stage only. */
  private <T> CompletionStage<T> ask(Consumer<Question<T>> body) {
    Question<T> question = new Question<>(requests, asked -> {
      try {
        body.accept(asked);
      } catch (IllegalArgumentException | NotTheWriterException e) {
        asked.refuse(e);
      }
    }, "node " + self + " is stopped; a write may or may not take effect");
    loop.post(question);
    return question.stage;
  }

  @Override
  public CompletionStage<Void> stopped() {
    return ending.stopped();
  }

  @Override
  public void close() {
    ending.close();
  }

  @Override
  public void kill() {
    ending.kill();
  }

  @Override
  public String toString() {
    return "register node " + self;
  }
}
