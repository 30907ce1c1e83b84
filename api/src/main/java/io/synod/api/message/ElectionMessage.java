package io.synod.api.message;

import io.synod.api.model.NodeId;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Messages of the weak leader election (Deconstructing Paxos, figures 17 and 28), and of a lease
 * group (Lampson).
 */
public sealed interface ElectionMessage extends Message {
  /** The sender's view of everybody's epoch. */
  default Map<NodeId, Long> epochs() {
    return Map.of();
  }

  /**
   * Asks for leadership for {@code nanos} of the receiver's clock from the receipt on; {@code held}
   * says that the sender holds it already. {@code number} pairs the answer.
   */
  record LeaseAsked(long number, long nanos, boolean held) implements ElectionMessage {}

  /** Granted: for that time nobody else gets it. */
  record LeaseGranted(long number) implements ElectionMessage {}

  /** The sender relies on no grant any more; {@code number} is that of its last request. */
  record LeaseReleased(long number) implements ElectionMessage {}

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
