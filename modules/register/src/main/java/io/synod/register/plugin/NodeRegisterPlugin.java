package io.synod.register.plugin;

import io.synod.api.model.Configuration;
import io.synod.api.model.QuorumSystem;
import io.synod.api.plugin.LayerContext;
import io.synod.api.plugin.Plugins;
import io.synod.api.plugin.Setting;
import io.synod.api.reconfig.Authority;
import io.synod.api.register.LocalAcceptor;
import io.synod.api.register.RoundBasedRegister;
import io.synod.register.acceptor.Durability;
import io.synod.register.acceptor.NodeAcceptor;
import io.synod.register.lease.LeaseSettings;
import io.synod.register.set.AcceptorSetRegister;
import io.synod.register.set.RegisterSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** What the options have in common: all but the durability of the acceptor. */
abstract class NodeRegisterPlugin implements Plugins.Register {
  private final Durability durability;

  NodeRegisterPlugin(Durability durability) {
    this.durability = durability;
  }

  @Override
  public final boolean stable() {
    return durability == Durability.STABLE;
  }

  @Override
  public final List<Setting<?>> settings() {
    List<Setting<?>> all = new ArrayList<>(RegisterSettings.all());
    all.addAll(LeaseSettings.all());
    return List.copyOf(all);
  }

  @Override
  public final LocalAcceptor acceptor(LayerContext context, Authority authority) {
    return new NodeAcceptor(context, authority, durability);
  }

  @Override
  public final RoundBasedRegister register(
      LayerContext context, Function<Configuration, QuorumSystem> quorums) {
    return new AcceptorSetRegister(context, quorums);
  }
}
