package io.synod.runtime.node;

import io.synod.api.effect.Clock;
import io.synod.api.effect.Effects;
import io.synod.api.effect.Events;
import io.synod.api.effect.Snapshots;
import io.synod.api.effect.Timers;
import io.synod.api.message.Message;
import io.synod.api.model.Incarnation;
import io.synod.api.model.NodeId;
import io.synod.api.plugin.Plugins;
import io.synod.api.reconfig.MasterCell;
import io.synod.api.replication.StateMachine;
import io.synod.api.storage.DurableRecord;
import io.synod.api.storage.Storage;
import io.synod.api.storage.StorageException;
import io.synod.api.transport.MessageCodec;
import io.synod.api.transport.Transport;
import io.synod.codec.KryoCodec;
import io.synod.runtime.compose.Rim;
import io.synod.runtime.config.NodeConfig;
import java.security.SecureRandom;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** What the layers of a node are given that is only looked at: they read, and nothing leaves. */
final class StillRim implements Rim {
  private final StateMachine machine;
  private final SecureRandom random = new SecureRandom();
  private SnapshotThread snapshots;

  StillRim(StateMachine machine) {
    this.machine = machine;
  }

  @Override
  public Clock clock() {
    return new SystemClock();
  }

  @Override
  public Timers timers() {
    return (delayNanos, task) -> () -> {};
  }

  @Override
  public Events events() {
    return line -> {};
  }

  @Override
  public RandomGenerator random() {
    return random;
  }

  @Override
  public Plugins.Log log() {
    return line -> {};
  }

  @Override
  public MasterCell master(NodeConfig config) {
    return MasterCell.NONE;
  }

  @Override
  public Supplier<MessageCodec> codecs() {
    return KryoCodec::new;
  }

  @Override
  public Incarnation newIncarnation() {
    return LocalRim.newIncarnation(random);
  }

  @Override
  public StateMachine machine() {
    return machine;
  }

  @Override
  public Effects effects(Storage storage, Transport transport) {
    return new Nothing();
  }

  @Override
  public Snapshots snapshots(Storage storage) throws StorageException {
    snapshots = new SnapshotThread("synod-survivor", storage.snapshots(), done -> {});
    return snapshots;
  }

  void close() {
    if (snapshots != null) {
      snapshots.close();
    }
  }

  /** Neither a disk nor a network: the store that is looked at stays as it is. */
  private static final class Nothing implements Effects {
    @Override
    public void persist(DurableRecord record) {}

    @Override
    public void send(NodeId to, Message message) {}

    @Override
    public void sendNow(NodeId to, Message message) {}

    @Override
    public void whenDurable(Runnable then) {}

    @Override
    public void dropBeforeCheckpoint() {}
  }
}
