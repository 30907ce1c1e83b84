package io.synod.testkit.oracle;

/**
 * A snapshot stands for what it replaces: the state after restoring it and applying the rest is
 * the state after applying everything.
 */
public final class SnapshotEquivalence extends Oracle implements MachineObserver {
  /** Reports to {@code findings}. */
  public SnapshotEquivalence(Findings findings) {
    super(findings);
  }

  @Override
  public void replayed(Life life, Point at, long from, Hashes hashes) {
    if (hashes.differ()) {
      violated(
          life + " has a state with hash " + Long.toHexString(hashes.expected()) + " after " + at,
          "a fresh instance that restored its snapshot of command number " + from
              + " and applied the commands after it has one with hash "
              + Long.toHexString(hashes.found()));
    }
  }
}
