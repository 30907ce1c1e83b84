package io.synod.testkit.sim;

import io.synod.api.broadcast.TotalOrderBroadcast;
import io.synod.api.consensus.RoundBasedConsensus;
import io.synod.api.election.WeakLeaderElection;
import io.synod.api.message.Message;
import io.synod.api.model.Configuration;
import io.synod.api.model.Eras;
import io.synod.api.model.InstanceId;
import io.synod.api.model.NodeId;
import io.synod.api.model.QuorumSystem;
import io.synod.api.plugin.LayerContext;
import io.synod.api.reconfig.Authority;
import io.synod.api.register.LocalAcceptor;
import io.synod.api.register.RoundBasedRegister;
import io.synod.api.replication.ReplicatedStateMachine;
import io.synod.api.storage.DurableRecord;
import io.synod.reconfig.log.LogReconfigPlugin;
import io.synod.replication.Layers;
import io.synod.replication.MembershipDesk;
import io.synod.replication.NodeCore;
import java.util.Optional;
import java.util.function.Function;

/** The production classes, composed with {@code new} from a variant's plugins. */
final class CoreProcess implements NodeProcess {
  private final NodeCore core;

  private CoreProcess(NodeCore core) {
    this.core = core;
  }

  /** Composes nodes of that variant. */
  static Factory factory(Variant variant) {
    return factory(variant, Alteration.NONE);
  }

  /** Composes nodes of that variant, with some parts changed. */
  static Factory factory(Variant variant, Alteration alteration) {
    if (variant.sharesMemory()) {
      return MemoryProcess.factory(variant, alteration);
    }
    return new Factory() {
      @Override
      public boolean stable() {
        return variant.register().stable();
      }

      @Override
      public NodeProcess create(NodeWorld world) {
        NodeParts parts = alteration.apply(NodeParts.of(variant, world));
        NodeCore core = new NodeCore(layers(parts.variant(), parts.world()));
        core.passives(parts.world().passives().of(
            parts.context(), context -> new LogReconfigPlugin().create(context)));
        return parts.finished(new CoreProcess(core));
      }
    };
  }

  private static Layers layers(Variant variant, NodeWorld world) {
    LayerContext context = world.context();
    boolean stable = variant.register().stable();
    Function<Configuration, QuorumSystem> quorums = variant::quorums;
    Authority authority = variant.reconfig().create(context, world.master());
    LocalAcceptor acceptor = variant.register().acceptor(context, authority);
    RoundBasedRegister register =
        new ObservedRegister(variant.register().register(context, quorums), world);
    RoundBasedConsensus consensus = new ObservedConsensus(
        variant.consensus().create(context, register, authority), world);
    WeakLeaderElection election =
        new ObservedElection(variant.election().create(context), world);
    TotalOrderBroadcast broadcast = new ObservedBroadcast(
        variant.broadcast().create(context, consensus, acceptor, authority, world.snapshots()),
        world);
    return new Layers(
        context, stable, stable, quorums, authority, acceptor, register, consensus, election,
        broadcast, world.machine(), world.snapshots());
  }

  @Override
  public void recover(DurableRecord record) {
    core.recover(record);
  }

  @Override
  public void start(boolean freshStore) {
    core.start(freshStore);
  }

  @Override
  public void onMessage(NodeId from, Message message) {
    core.onMessage(from, message);
  }

  @Override
  public void endOfTurn() {
    core.endOfTurn();
  }

  @Override
  public ReplicatedStateMachine machine() {
    return core.machine();
  }

  @Override
  public MembershipDesk membership() {
    return core.membership();
  }

  @Override
  public Eras eras() {
    return core.reconfiguration().eras();
  }

  @Override
  public InstanceId applied() {
    return core.machine().applied();
  }

  @Override
  public boolean leading() {
    return core.status().leading();
  }

  @Override
  public Optional<NodeId> leader() {
    return core.status().leader();
  }
}
