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
  RECONFIG("synod.reconfig"),
  /** Passive acceptors: the scheme of each one's address chooses, so there may be several. */
  PASSIVE("synod.passive");

  private final String key;

  Slot(String key) {
    this.key = key;
  }

  /** Whether a configuration chooses one option for it by its key. */
  public boolean isChosen() {
    return this != PASSIVE;
  }

  /** The configuration key that names the chosen option. */
  public String key() {
    return key;
  }
}
