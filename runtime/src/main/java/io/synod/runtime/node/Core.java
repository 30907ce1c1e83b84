package io.synod.runtime.node;

import io.synod.api.message.Message;
import io.synod.api.model.NodeId;

/** What a turn of the loop drives: the node's core, or a fake in the tests of the loop. */
interface Core {
  /** A message of a peer, or of this node to itself. */
  void onMessage(NodeId from, Message message);

  /** Everything that had arrived is handled. */
  void endOfTurn();
}
