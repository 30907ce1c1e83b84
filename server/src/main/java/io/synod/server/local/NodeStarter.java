package io.synod.server.local;

import io.synod.api.node.Node;
import io.synod.api.replication.StateMachine;
import java.util.Map;

/** Turns configuration keys and a state machine into a running node. */
public interface NodeStarter {
  /** Starts a node; throws with one clear sentence when the configuration or start fails. */
  Node start(Map<String, String> keys, StateMachine machine);
}
