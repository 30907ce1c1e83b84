package io.synod.api.message;

import io.synod.api.model.NodeId;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Messages of the weak leader election (Deconstructing Paxos, figures 17 and 28). */
public sealed interface ElectionMessage extends Message {
  /** The sender's view of everybody's epoch. */
  Map<NodeId, Long> epochs();

  /** I-AM-ALIVE: periodic, with the epochs and whom the sender's Ω trusts at the moment. */
  record Alive(Map<NodeId, Long> epochs, Optional<NodeId> trusted) implements ElectionMessage {
    /** Copies the epochs in the order of ids. */
    public Alive {
      epochs = Collections.unmodifiableMap(new TreeMap<>(epochs));
    }
  }

  /** RECOVERED: sent once after a recovery, with the own epoch already raised. */
  record Recovered(Map<NodeId, Long> epochs) implements ElectionMessage {
    /** Copies the epochs in the order of ids. */
    public Recovered {
      epochs = Collections.unmodifiableMap(new TreeMap<>(epochs));
    }
  }
}
