package io.synod.register.set;

import io.synod.api.effect.Effects;
import io.synod.api.message.RegisterMessage.Accept;
import io.synod.api.message.RegisterMessage.Adopt;
import io.synod.api.message.RegisterMessage.Confirm;
import io.synod.api.message.RegisterMessage.Lease;
import io.synod.api.message.RegisterMessage.Prepare;
import io.synod.api.model.NodeId;
import io.synod.api.register.Acceptor;

/**
 * An acceptor that is reached by messages: in a replica process, also when that process is this
 * one, or a passive one, for which a {@link io.synod.register.passive.StandIn} answers. Requests
 * promise nothing about the proposer's disk. Answers come as messages, which the node hands to
 * the register.
 */
record NodeAcceptorProxy(NodeId id, Effects effects) implements Acceptor {
  @Override
  public void prepare(Prepare request) {
    effects.sendNow(id, request);
  }

  @Override
  public void adopt(Adopt request) {
    effects.sendNow(id, request);
  }

  @Override
  public void accept(Accept request) {
    effects.sendNow(id, request);
  }

  @Override
  public void confirm(Confirm request) {
    effects.sendNow(id, request);
  }

  @Override
  public void lease(Lease request) {
    effects.sendNow(id, request);
  }
}
