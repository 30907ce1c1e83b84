package io.synod.register.plugin;

import io.synod.register.acceptor.Durability;

/** The option {@code stable}: promises and votes are on disk before they are answered. */
public final class StableRegisterPlugin extends NodeRegisterPlugin {
  /** For the service loader. */
  public StableRegisterPlugin() {
    super(Durability.STABLE);
  }

  @Override
  public String name() {
    return "stable";
  }

  @Override
  public String meaning() {
    return "crash-recovery: promises and votes are forced to disk before the answer (figure 11)";
  }
}
