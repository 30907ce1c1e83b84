package io.synod.runtime.node;

import io.synod.api.effect.Clock;
import io.synod.api.effect.Effects;
import io.synod.api.effect.Events;
import io.synod.api.effect.Snapshots;
import io.synod.api.effect.Timers;
import io.synod.api.model.Incarnation;
import io.synod.api.model.NodeId;
import io.synod.api.plugin.Plugins;
import io.synod.api.reconfig.MasterCell;
import io.synod.api.replication.StateMachine;
import io.synod.api.storage.Storage;
import io.synod.api.storage.StorageException;
import io.synod.api.transport.MessageCodec;
import io.synod.api.transport.Transport;
import io.synod.codec.KryoCodec;
import io.synod.reconfig.master.MasterSettings;
import io.synod.runtime.compose.Rim;
import io.synod.runtime.config.NodeConfig;
import java.security.SecureRandom;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a real node's layers are given: this machine's clock, chance, loop, disk and network. */
final class LocalRim implements Rim {
  private static final Logger LOG = LoggerFactory.getLogger("io.synod.node");

  private final NodeId self;
  private final StateMachine machine;
  private final EventLoop loop;
  private final LoopTimers timers;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();
  private DurableEffects effects;
  private SnapshotThread snapshots;
  private MasterGate gate;
  private Routes routes;

  LocalRim(
      NodeId self, StateMachine machine, EventLoop loop, LoopTimers timers, Clock clock) {
    this.self = self;
    this.machine = machine;
    this.loop = loop;
    this.timers = timers;
    this.clock = clock;
  }

  @Override
  public Clock clock() {
    return clock;
  }

  @Override
  public Timers timers() {
    return timers;
  }

  @Override
  public Events events() {
    return line -> LOG.info("[{}] {}", self, line);
  }

  @Override
  public RandomGenerator random() {
    return random;
  }

  @Override
  public Plugins.Log log() {
    return line -> LOG.warn("[{}] {}", self, line);
  }

  @Override
  public Supplier<MessageCodec> codecs() {
    return KryoCodec::new;
  }

  @Override
  public Incarnation newIncarnation() {
    return newIncarnation(random);
  }

  /** Not 0, which stands for the founding store. */
  static Incarnation newIncarnation(RandomGenerator random) {
    long number = random.nextLong();
    return number == 0 ? newIncarnation(random) : new Incarnation(number);
  }

  @Override
  public StateMachine machine() {
    return machine;
  }

  @Override
  public Effects effects(Storage storage, Transport transport) {
    routes = new Routes(transport);
    effects = new DurableEffects(
        self, storage.journal(), storage.durable(), routes, new KryoCodec(), loop::post);
    return effects;
  }

  @Override
  public Snapshots snapshots(Storage storage) throws StorageException {
    snapshots = new SnapshotThread(
        "synod-" + self + "-snapshots", storage.snapshots(), loop::post);
    return snapshots;
  }

  @Override
  public MasterCell master(NodeConfig config) {
    String servers = config.get(MasterSettings.SERVERS);
    if (servers.isEmpty()) {
      return MasterCell.NONE;
    }
    String key = config.get(MasterSettings.KEY);
    gate = new MasterGate("synod-" + self + "-master", MasterSettings.servers(servers),
        key.isEmpty() ? "synod.master." + config.cluster() : key, loop::post);
    return gate;
  }

  /** Nobody asks the master any more. */
  void closeGate() {
    if (gate != null) {
      gate.close();
    }
  }

  /** After the composition. */
  Routes routes() {
    return routes;
  }

  /** After the composition. */
  DurableEffects effects() {
    return effects;
  }

  /** After the composition; null when it failed before. */
  SnapshotThread snapshots() {
    return snapshots;
  }
}
