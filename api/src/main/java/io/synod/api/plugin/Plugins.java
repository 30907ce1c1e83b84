package io.synod.api.plugin;

import io.synod.api.broadcast.TotalOrderBroadcast;
import io.synod.api.consensus.RoundBasedConsensus;
import io.synod.api.effect.Snapshots;
import io.synod.api.election.WeakLeaderElection;
import io.synod.api.model.Configuration;
import io.synod.api.model.ConsensusMode;
import io.synod.api.model.Incarnation;
import io.synod.api.model.NodeId;
import io.synod.api.model.QuorumSystem;
import io.synod.api.passive.PassiveStore;
import io.synod.api.reconfig.Authority;
import io.synod.api.reconfig.MasterCell;
import io.synod.api.register.LocalAcceptor;
import io.synod.api.register.RoundBasedRegister;
import io.synod.api.storage.Storage;
import io.synod.api.storage.StorageException;
import io.synod.api.transport.ClientTransport;
import io.synod.api.transport.MessageCodec;
import io.synod.api.transport.PeerAddress;
import io.synod.api.transport.Transport;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** The factory interfaces of the slots. */
public final class Plugins {
  private Plugins() {}

  /** Makes quorum systems. */
  public interface Quorum extends Plugin {
    @Override
    default Slot slot() {
      return Slot.QUORUM;
    }

    /** What a configuration calls the system that these settings make; see {@link Quorums}. */
    default String spec(Settings settings) {
      return name();
    }

    /** Settings in which the parameters of such a name count; refuses unknown ones. */
    default Settings with(Settings settings, Map<String, String> parameters) {
      throw new IllegalArgumentException(
          "quorums '" + name() + "' take no parameters, but there are " + parameters.keySet());
    }

    /** Over these acceptors, in the order of ids; refuses one without intersection. */
    QuorumSystem create(List<NodeId> acceptors, Settings settings);

    /** The same where the roles of members count, too. */
    default QuorumSystem create(Configuration configuration, Settings settings) {
      return create(configuration.acceptors(), settings);
    }
  }

  /** Makes the node's acceptor and the register over all acceptors. */
  public interface Register extends Plugin {
    @Override
    default Slot slot() {
      return Slot.REGISTER;
    }

    /** Whether votes survive a restart. */
    boolean stable();

    /** The acceptor of this node. */
    LocalAcceptor acceptor(LayerContext context, Authority authority);

    /** The proposer's side; every era has a quorum system of its own. */
    RoundBasedRegister register(
        LayerContext context, Function<Configuration, QuorumSystem> quorums);
  }

  /** Makes the proposer. */
  public interface Consensus extends Plugin {
    @Override
    default Slot slot() {
      return Slot.CONSENSUS;
    }

    /** The mode of the founders; empty if it knows no modes and ignores those of eras. */
    default Optional<ConsensusMode> mode() {
      return Optional.empty();
    }

    /**
     * Over that register, in the eras of that authority. An era that names no mode is worked in
     * {@link #mode}.
     */
    RoundBasedConsensus create(
        LayerContext context, RoundBasedRegister register, Authority authority);
  }

  /** Makes the authority over configurations. */
  public interface Reconfig extends Plugin {
    @Override
    default Slot slot() {
      return Slot.RECONFIG;
    }

    /** Knowing era 0, the founders, to begin with. */
    Authority create(LayerContext context);

    /** The same where a separate group keeps eras. */
    default Authority create(LayerContext context, MasterCell master) {
      return create(context);
    }
  }

  /** Makes the election. */
  public interface Election extends Plugin {
    @Override
    default Slot slot() {
      return Slot.ELECTION;
    }

    /** The member without which nobody leads, if there is one; settings are sound. */
    default Optional<NodeId> indispensable(Settings settings) {
      return Optional.empty();
    }

    /** Among the founders, until told otherwise. */
    WeakLeaderElection create(LayerContext context);
  }

  /** Makes total order broadcast. */
  public interface Broadcast extends Plugin {
    @Override
    default Slot slot() {
      return Slot.BROADCAST;
    }

    /**
     * Over that consensus, with votes in that acceptor, catching up by these snapshots, telling
     * that authority what is decided.
     */
    TotalOrderBroadcast create(
        LayerContext context, RoundBasedConsensus consensus, LocalAcceptor acceptor,
        Authority authority, Snapshots snapshots);
  }

  /** Opens the passive acceptors whose addresses have the scheme that is its name. */
  public interface Passive extends Plugin {
    @Override
    default Slot slot() {
      return Slot.PASSIVE;
    }

    /** What is wrong with an address, for people; empty if it may be tried. Reaches nothing. */
    Optional<String> flaw(URI address);

    /**
     * Opens it, making an empty one ready under {@code newIncarnation}. Refuses what belongs to
     * another cluster or member, or has another format, naming it. May block, but not for ever.
     *
     * @param codec for the thread that calls, which is the only one to use the store
     */
    PassiveStore open(URI address, PassiveUse use, MessageCodec codec, Settings settings)
        throws StorageException;
  }

  /**
   * Who opens a passive acceptor, and as what.
   *
   * @param process whose area it writes
   * @param member the name that configurations have for it
   * @param newIncarnation names it if it is made now
   */
  public record PassiveUse(
      String cluster, NodeId process, NodeId member, Incarnation newIncarnation) {}

  /** Opens stores. */
  public interface StoragePlugin extends Plugin {
    @Override
    default Slot slot() {
      return Slot.STORAGE;
    }

    /** Whether what it forces survives the process. */
    boolean durable();

    /**
     * Opens the store in {@code directory}, creating it under {@code newIncarnation} when there
     * is none. Refuses a directory that is not ours, another node's or cluster's, locked, or
     * not writable, naming it. May block.
     */
    Storage open(
        Path directory, String cluster, NodeId self, Incarnation newIncarnation,
        Settings settings) throws StorageException;
  }

  /** Makes transports. */
  public interface TransportPlugin extends Plugin {
    @Override
    default Slot slot() {
      return Slot.TRANSPORT;
    }

    /** A node's end, not yet started; {@code codecs} makes one codec for each thread. */
    Transport node(Local local, Supplier<MessageCodec> codecs, Settings settings, Log log);

    /** A client's end. */
    ClientTransport client(String cluster, Supplier<MessageCodec> codecs, Settings settings);
  }

  /** Who a transport speaks for, and where it listens. */
  public record Local(
      String cluster, NodeId self, Incarnation incarnation, PeerAddress listen) {}

  /** Takes a transport's log lines, on any thread. */
  public interface Log {
    /** Something a person should know, such as a refused handshake. */
    void warn(String line);
  }
}
