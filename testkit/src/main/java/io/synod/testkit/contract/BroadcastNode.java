package io.synod.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.synod.api.broadcast.Batch;
import io.synod.api.broadcast.TotalOrderBroadcast;
import io.synod.api.broadcast.TotalOrderBroadcast.Admission;
import io.synod.api.consensus.RoundBasedConsensus;
import io.synod.api.message.BroadcastMessage;
import io.synod.api.message.Message;
import io.synod.api.message.ReconfigMessage.EraActive;
import io.synod.api.model.Configuration;
import io.synod.api.model.Era;
import io.synod.api.model.InstanceId;
import io.synod.api.model.NodeId;
import io.synod.api.model.Value;
import io.synod.api.plugin.LayerContext;
import io.synod.api.register.LocalAcceptor;
import io.synod.api.storage.DurableRecord;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Total order broadcast over the layers below; its state is the list of what was delivered. */
final class BroadcastNode extends LayerNode implements TotalOrderBroadcast.Delivery {
  private final MemorySnapshots snapshots = new MemorySnapshots(this);
  private final List<Value> delivered = new ArrayList<>();
  private TotalOrderBroadcast broadcast;
  private RoundBasedConsensus consensus;
  private int deposed;
  private int installed;
  private long epoch;

  BroadcastNode(NodeId id, LayerWorld<?> world) {
    super(id, world);
  }

  @Override
  void compose(LayerContext context) {
    consensus = world().variant().consensus().create(context, register(), authority());
    broadcast = world().variant().broadcast().create(
        context, consensus, acceptor(), authority(), snapshots);
    broadcast.onDeliver(this);
    broadcast.onDeposed(() -> deposed++);
    acceptor().onDecisions(broadcast::onDecisions);
    delivered.clear();
    epoch++;
  }

  @Override
  void recover(DurableRecord record) {
    super.recover(record);
    broadcast.recover(record);
  }

  @Override
  void begin() {
    snapshots.restoreNewest(this::restore);
    broadcast.start(InstanceId.of(delivered.size()));
    consensus.onBallotSeen(acceptor().promised());
  }

  private void restore(InputStream content) throws IOException {
    delivered.clear();
    delivered.addAll(MemorySnapshots.read(content));
    delivered.forEach(authority()::decided);
  }

  @Override
  void asked() {
    consensus.onBallotSeen(acceptor().promised());
  }

  @Override
  void onMessage(NodeId from, Message message) {
    if (message instanceof EraActive active) {
      eraActive(active.era(), active.configuration());
    } else {
      broadcast.onMessage(from, (BroadcastMessage) message);
    }
  }

  @Override
  void endOfTurn() {
    broadcast.endOfTurn();
  }

  TotalOrderBroadcast broadcast() {
    return broadcast;
  }

  void lead(boolean leading) {
    turn(() -> broadcast.lead(leading));
  }

  /** Broadcasts one number. */
  Admission broadcast(int number) {
    Admission[] answer = new Admission[1];
    turn(() -> answer[0] = broadcast.broadcast(bytes(number)));
    return answer[0];
  }

  static byte[] bytes(int number) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(number).array();
  }

  /** What it has delivered, by instance. */
  List<Value> delivered() {
    return List.copyOf(delivered);
  }

  /** The numbers that it has delivered, in order. */
  List<Integer> numbers() {
    List<Integer> numbers = new ArrayList<>();
    for (Value value : delivered) {
      if (value.kind() == Value.Kind.BATCH) {
        Batch.forEach(value, (index, bytes) -> numbers.add(bytes.getInt()));
      }
    }
    return numbers;
  }

  /** How often it was deposed while it led. */
  int deposed() {
    return deposed;
  }

  /** How many snapshots of peers it has installed. */
  int installed() {
    return installed;
  }

  /** Takes a snapshot, and keeps of the journal what follows it. */
  void snapshot() {
    turn(() -> {
      broadcast.markDecided();
      InstanceId last = InstanceId.of(delivered.size());
      snapshots.keep(last, MemorySnapshots.write(delivered));
      compact(acceptor().checkpoint(new LocalAcceptor.Rest(
          epoch, true, Map.of(), authority().eras(), broadcast.decidedIn(), last)));
      broadcast.snapshotTaken(last);
    });
  }

  @Override
  public void deliver(InstanceId instance, Value value) {
    assertThat(instance.number()).as("%s delivers in order, once, without gaps", id())
        .isEqualTo(delivered.size() + 1L);
    delivered.add(value);
  }

  @Override
  public void install(InstanceId last) {
    assertThat(last.number()).as("%s takes nothing back", id()).isGreaterThan(delivered.size());
    snapshots.restoreNewest(this::restore);
    assertThat(delivered).hasSize(Math.toIntExact(last.number()));
    installed++;
  }

  @Override
  public void eraActive(Era era, Configuration configuration) {
    if (authority().activate(era, configuration)) {
      persist(new DurableRecord.Activated(era, configuration));
      broadcast.report();
    }
  }

  @Override
  public void asks(Configuration configuration) {}
}
