package io.synod.runtime.compose;

import io.synod.api.effect.Clock;
import io.synod.api.effect.Effects;
import io.synod.api.effect.Events;
import io.synod.api.effect.Snapshots;
import io.synod.api.effect.Timers;
import io.synod.api.model.Incarnation;
import io.synod.api.plugin.Plugins;
import io.synod.api.reconfig.MasterCell;
import io.synod.api.replication.StateMachine;
import io.synod.api.storage.Storage;
import io.synod.api.storage.StorageException;
import io.synod.api.transport.MessageCodec;
import io.synod.api.transport.Transport;
import io.synod.runtime.config.NodeConfig;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** What the layers are given from outside: time, chance, the way to disk and network. */
public interface Rim {
  /** The clock. */
  Clock clock();

  /** The loop's timers. */
  Timers timers();

  /** Where rare events are noted. */
  Events events();

  /** Seeded by whoever runs the node. */
  RandomGenerator random();

  /** Where the transport's log lines go. */
  Plugins.Log log();

  /** Makes one codec for each thread. */
  Supplier<MessageCodec> codecs();

  /** The name of the store, if one has to be created. */
  Incarnation newIncarnation();

  /** The user's. */
  StateMachine machine();

  /** Called once. */
  Effects effects(Storage storage, Transport transport);

  /** The way to the configuration master, if there is one. Called once. */
  MasterCell master(NodeConfig config);

  /** Called once. */
  Snapshots snapshots(Storage storage) throws StorageException;
}
