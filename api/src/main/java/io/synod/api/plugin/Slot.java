package io.synod.api.plugin;

/** A place in the composition of a node, filled by one named option. */
public enum Slot {
  /** The acceptor's kind of memory and the register over the acceptors. */
  REGISTER("synod.register"),
  /** Round-based consensus. */
  CONSENSUS("synod.consensus"),
  /** Weak leader election. */
  ELECTION("synod.election"),
  /** Total order broadcast. */
  BROADCAST("synod.broadcast"),
  /** The quorum system. */
  QUORUM("synod.quorum"),
  /** Journal and snapshots. */
  STORAGE("synod.storage"),
  /** Messages between nodes. */
  TRANSPORT("synod.transport"),
  /** Who decides on the next configuration. */
  RECONFIG("synod.reconfig");

  private final String key;

  Slot(String key) {
    this.key = key;
  }

  /** The configuration key that names the chosen option. */
  public String key() {
    return key;
  }
}
