package io.synod.register.plugin;

import io.synod.register.acceptor.Durability;

/** The option {@code volatile}: crash-stop, a crashed acceptor never speaks again. */
public final class VolatileRegisterPlugin extends NodeRegisterPlugin {
  /** For the service loader. */
  public VolatileRegisterPlugin() {
    super(Durability.VOLATILE);
  }

  @Override
  public String name() {
    return "volatile";
  }

  @Override
  public String meaning() {
    return "crash-stop: votes live in memory; who restarts only learns (figure 5)";
  }
}
