package io.synod.testkit.sim;

import io.synod.api.message.BroadcastMessage.Progress;
import io.synod.api.message.Message;
import io.synod.api.model.Era;
import io.synod.api.model.Eras;
import io.synod.api.model.InstanceId;
import io.synod.api.model.NodeId;
import io.synod.api.replication.ReplicatedStateMachine;
import io.synod.api.storage.DurableRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Persists and sends when it is told, restores its snapshot at a start, decides nothing. */
final class ScriptedProcess implements NodeProcess {
  final NodeWorld world;
  final List<Long> recovered = new ArrayList<>();
  private final Optional<NodeId> leader;

  ScriptedProcess(NodeWorld world, Optional<NodeId> leader) {
    this.world = world;
    this.leader = leader;
  }

  /** Processes that all trust that node; each one made is added to {@code made}. */
  static NodeProcess.Factory factory(List<ScriptedProcess> made, Optional<NodeId> leader) {
    return new NodeProcess.Factory() {
      @Override
      public boolean stable() {
        return true;
      }

      @Override
      public NodeProcess create(NodeWorld world) {
        ScriptedProcess process = new ScriptedProcess(world, leader);
        made.add(process);
        return process;
      }
    };
  }

  /** Persists so many records and sends a message that waits for none of them. */
  void persist(int records) {
    for (int i = 0; i < records; i++) {
      world.context().effects().persist(new DurableRecord.Booted(recovered.size() + i + 1));
    }
    world.context().effects().sendNow(
        NodeId.of("n2"), new Progress(
            InstanceId.of(records), InstanceId.FIRST, world.life().incarnation(), Era.ZERO));
  }

  @Override
  public Eras eras() {
    return Eras.founding(world.context().founders());
  }

  @Override
  public void recover(DurableRecord record) {
    recovered.add(((DurableRecord.Booted) record).epoch());
  }

  @Override
  public void start(boolean freshStore) {
    if (world.snapshots().newest().isPresent()) {
      world.snapshots().restoreNewest(content -> content.readAllBytes());
    }
  }

  @Override
  public void onMessage(NodeId from, Message message) {}

  @Override
  public void endOfTurn() {}

  @Override
  public ReplicatedStateMachine machine() {
    return new SilentMachine();
  }

  @Override
  public InstanceId applied() {
    return InstanceId.NONE;
  }

  @Override
  public Optional<NodeId> leader() {
    return leader;
  }
}
