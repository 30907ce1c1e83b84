package io.synod.testkit.oracle;

/**
 * A command of the workload: the {@code sequence}-th of its origin.
 *
 * @param origin a client's session, or one life of a node that submits by itself
 * @param session whether the origin is a session, whose commands take effect without gaps
 */
public record Command(long origin, long sequence, boolean session) {
  @Override
  public String toString() {
    return (session ? "session " : "node origin ") + Long.toHexString(origin) + " #" + sequence;
  }
}
