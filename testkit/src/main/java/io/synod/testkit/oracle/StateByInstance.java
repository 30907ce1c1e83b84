package io.synod.testkit.oracle;

import org.agrona.collections.Long2ObjectHashMap;

/**
 * Replica determinism: after the same prefix of the log every replica is in the same state,
 * whether it has applied the commands or restored a snapshot.
 */
public final class StateByInstance extends Oracle implements MachineObserver {
  private final Long2ObjectHashMap<Seen> first = new Long2ObjectHashMap<>();

  /** Reports to {@code findings}. */
  public StateByInstance(Findings findings) {
    super(findings);
  }

  @Override
  public void hashed(Life life, Point at, long hash) {
    Seen seen = first.get(at.number());
    if (seen == null) {
      first.put(at.number(), new Seen(life, at, hash));
    } else if (seen.hash != hash) {
      violated(
          seen.life + " has a state with hash " + Long.toHexString(seen.hash) + " after "
              + seen.at,
          life + " has one with hash " + Long.toHexString(hash) + " after " + at);
    }
  }

  private record Seen(Life life, Point at, long hash) {}
}
