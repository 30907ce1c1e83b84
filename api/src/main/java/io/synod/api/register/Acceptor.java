package io.synod.api.register;

import io.synod.api.message.RegisterMessage.Accept;
import io.synod.api.message.RegisterMessage.Adopt;
import io.synod.api.message.RegisterMessage.Confirm;
import io.synod.api.message.RegisterMessage.Lease;
import io.synod.api.message.RegisterMessage.Prepare;
import io.synod.api.model.NodeId;

/**
 * Anything that can answer 1a, 1c and 2a: a replica process, a passive disk, a row of a database.
 * Asynchronous and best effort: an answer may never come, come twice or come late; the caller
 * resends. Loop thread only; answers reach {@link RoundBasedRegister#onReply} on the loop.
 */
public interface Acceptor {
  /** Its id in the configuration. */
  NodeId id();

  /** 1a: answered by Promise or Nack. */
  void prepare(Prepare request);

  /** 1c: answered by Stored, and by Accepted for its window, or Nack. */
  void adopt(Adopt request);

  /** 2a for a run of instances: answered by a cumulative Accepted, or Nack. */
  void accept(Accept request);

  /** Answered by Confirmed while nothing above its ballot is promised, else by Nack. */
  void confirm(Confirm request);

  /** Answered by Leased when granted, by silence when not, by Nack when the ballot is over. */
  void lease(Lease request);
}
