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

/** The option {@code volatile}: crash-stop, a crashed acceptor never speaks again. */
public final class VolatileRegisterPlugin implements Plugins.Register {
  @Override
  public String name() {
    return "volatile";
  }

  @Override
  public String meaning() {
    return "crash-stop: votes live in memory; who restarts only learns (figure 5)";
  }

  @Override
  public List<Setting<?>> settings() {
    return RegisterSettings.all();
  }

  @Override
  public boolean stable() {
    return false;
  }

  @Override
  public LocalAcceptor acceptor(LayerContext context) {
    return new NodeAcceptor(context, Durability.VOLATILE);
  }

  @Override
  public RoundBasedRegister register(LayerContext context, Plugins.Quorum quorums) {
    return new AcceptorSetRegister(context, quorums);
  }
}
