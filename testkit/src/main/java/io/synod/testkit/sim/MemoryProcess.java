package io.synod.testkit.sim;

import io.synod.api.message.Message;
import io.synod.api.model.Eras;
import io.synod.api.model.InstanceId;
import io.synod.api.model.NodeId;
import io.synod.api.replication.ReplicatedStateMachine;
import io.synod.api.storage.DurableRecord;
import io.synod.sharedmemory.AtomicRegisters;

/** A node that keeps atomic registers and has no log. */
final class MemoryProcess implements NodeProcess {
  private final AtomicRegisters registers;
  private final Eras eras;

  private MemoryProcess(NodeParts parts) {
    this.registers = new AtomicRegisters(
        parts.context(), parts.quorums(parts.context().founders()));
    this.eras = Eras.founding(parts.context().founders());
  }

  /** Over the quorums and settings of that variant, with some parts changed. */
  static Factory factory(Variant variant, Alteration alteration) {
    return new Factory() {
      @Override
      public boolean stable() {
        return true;
      }

      @Override
      public NodeProcess create(NodeWorld world) {
        NodeParts parts = alteration.apply(NodeParts.of(variant, world));
        return parts.finished(new MemoryProcess(parts));
      }
    };
  }

  @Override
  public void recover(DurableRecord record) {
    registers.recover(record);
  }

  @Override
  public void start(boolean freshStore) {
    registers.start();
  }

  @Override
  public void onMessage(NodeId from, Message message) {
    registers.onMessage(from, message);
  }

  @Override
  public void endOfTurn() {
    registers.endOfTurn();
  }

  @Override
  public AtomicRegisters registers() {
    return registers;
  }

  @Override
  public ReplicatedStateMachine machine() {
    throw new UnsupportedOperationException("it replicates no machine");
  }

  @Override
  public Eras eras() {
    return eras;
  }

  @Override
  public InstanceId applied() {
    return InstanceId.NONE;
  }
}
