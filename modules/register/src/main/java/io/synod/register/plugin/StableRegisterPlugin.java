package io.synod.register.plugin;

import io.synod.api.plugin.LayerContext;
import io.synod.api.plugin.Plugins;
import io.synod.api.plugin.Setting;
import io.synod.api.register.LocalAcceptor;
import io.synod.api.register.RoundBasedRegister;
import io.synod.register.acceptor.Durability;
import io.synod.register.acceptor.NodeAcceptor;
import io.synod.register.set.AcceptorSetRegister;
import io.synod.register.set.RegisterSettings;
import java.util.List;

/** The option {@code stable}: promises and votes are on disk before they are answered. */
public final class StableRegisterPlugin implements Plugins.Register {
  @Override
  public String name() {
    return "stable";
  }

  @Override
  public String meaning() {
    return "crash-recovery: promises and votes are forced to disk before the answer (figure 11)";
  }

  @Override
  public List<Setting<?>> settings() {
    return RegisterSettings.all();
  }

  @Override
  public boolean stable() {
    return true;
  }

  @Override
  public LocalAcceptor acceptor(LayerContext context) {
    return new NodeAcceptor(context, Durability.STABLE);
  }

  @Override
  public RoundBasedRegister register(LayerContext context, Plugins.Quorum quorums) {
    return new AcceptorSetRegister(context, quorums);
  }
}
