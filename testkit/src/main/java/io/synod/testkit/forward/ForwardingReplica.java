package io.synod.testkit.forward;

import io.synod.api.message.ReplicationMessage;
import io.synod.api.model.InstanceId;
import io.synod.api.model.NodeId;
import io.synod.api.replication.Outcome;
import io.synod.api.replication.ReadMode;
import io.synod.api.replication.ReadOutcome;
import io.synod.api.replication.ReplicatedStateMachine;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/** Passes every call to a replica on; to be overridden in part. */
public abstract class ForwardingReplica implements ReplicatedStateMachine {
  protected final ReplicatedStateMachine inner;

  /** In front of {@code inner}. */
  protected ForwardingReplica(ReplicatedStateMachine inner) {
    this.inner = inner;
  }

  @Override
  public void submit(byte[] command, Consumer<Outcome> then) {
    inner.submit(command, then);
  }

  @Override
  public void openSession(long nonce, LongConsumer then) {
    inner.openSession(nonce, then);
  }

  @Override
  public void submit(
      long session, long sequence, long answered, List<byte[]> commands, SessionListener then) {
    inner.submit(session, sequence, answered, commands, then);
  }

  @Override
  public void detach(long session, SessionListener listener) {
    inner.detach(session, listener);
  }

  @Override
  public void keepAlive(long session) {
    inner.keepAlive(session);
  }

  @Override
  public void read(ReadMode mode, InstanceId minIndex, byte[] query, Consumer<ReadOutcome> then) {
    inner.read(mode, minIndex, query, then);
  }

  @Override
  public void onMessage(NodeId from, ReplicationMessage message) {
    inner.onMessage(from, message);
  }

  @Override
  public InstanceId applied() {
    return inner.applied();
  }
}
