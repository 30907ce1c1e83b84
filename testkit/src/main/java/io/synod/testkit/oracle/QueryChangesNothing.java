package io.synod.testkit.oracle;

/** A query leaves the state as it was: it is asked on one replica only. */
public final class QueryChangesNothing extends Oracle implements MachineObserver {
  /** Reports to {@code findings}. */
  public QueryChangesNothing(Findings findings) {
    super(findings);
  }

  @Override
  public void queried(Life life, Point at, Hashes hashes) {
    if (hashes.differ()) {
      violated(
          life + " has a state with hash " + Long.toHexString(hashes.expected()) + " after " + at,
          "after a query it has one with hash " + Long.toHexString(hashes.found()));
    }
  }
}
