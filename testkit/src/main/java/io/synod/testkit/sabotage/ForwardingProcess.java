package io.synod.testkit.sabotage;

import io.synod.api.message.Message;
import io.synod.api.model.Eras;
import io.synod.api.model.InstanceId;
import io.synod.api.model.NodeId;
import io.synod.api.replication.ReplicatedStateMachine;
import io.synod.api.storage.DurableRecord;
import io.synod.replication.MembershipDesk;
import io.synod.sharedmemory.AtomicRegisters;
import io.synod.testkit.sim.NodeProcess;
import java.util.Optional;

/** Passes every call to a whole node on; to be overridden in part. */
abstract class ForwardingProcess implements NodeProcess {
  protected final NodeProcess inner;

  ForwardingProcess(NodeProcess inner) {
    this.inner = inner;
  }

  @Override
  public void recover(DurableRecord record) {
    inner.recover(record);
  }

  @Override
  public void start(boolean freshStore) {
    inner.start(freshStore);
  }

  @Override
  public void onMessage(NodeId from, Message message) {
    inner.onMessage(from, message);
  }

  @Override
  public void endOfTurn() {
    inner.endOfTurn();
  }

  @Override
  public ReplicatedStateMachine machine() {
    return inner.machine();
  }

  @Override
  public MembershipDesk membership() {
    return inner.membership();
  }

  @Override
  public AtomicRegisters registers() {
    return inner.registers();
  }

  @Override
  public Eras eras() {
    return inner.eras();
  }

  @Override
  public boolean leading() {
    return inner.leading();
  }

  @Override
  public Optional<NodeId> leader() {
    return inner.leader();
  }

  @Override
  public InstanceId applied() {
    return inner.applied();
  }
}
