package io.synod.testkit.sim;

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

/** Answers nothing. */
final class SilentMachine implements ReplicatedStateMachine {
  @Override
  public void submit(byte[] command, Consumer<Outcome> then) {}

  @Override
  public void openSession(long nonce, LongConsumer then) {}

  @Override
  public void submit(
      long session, long sequence, long answered, List<byte[]> commands, SessionListener then) {}

  @Override
  public void detach(long session, SessionListener listener) {}

  @Override
  public void keepAlive(long session) {}

  @Override
  public void read(
      ReadMode mode, InstanceId minIndex, byte[] query, Consumer<ReadOutcome> then) {}

  @Override
  public void onMessage(NodeId from, ReplicationMessage message) {}

  @Override
  public InstanceId applied() {
    return InstanceId.NONE;
  }
}
