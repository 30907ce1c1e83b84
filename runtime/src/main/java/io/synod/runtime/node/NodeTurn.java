package io.synod.runtime.node;

import io.synod.api.storage.StorageException;

/** The end of each turn: the core first, then disk and network, then those who wait for answers. */
record NodeTurn(
    Core core, DurableEffects effects, ClientGateway clients, Completions completions)
    implements EventLoop.Turn {
  @Override
  public boolean pending() {
    return effects.pending();
  }

  @Override
  public void end() throws StorageException {
    effects.settle(core);
    effects.flush();
    clients.sendReplies();
    completions.handOver();
  }
}
