package io.synod.api.memory;

/**
 * What the operations of one life of a node cost.
 *
 * @param propagations reads that wrote back what they had found
 * @param agreed reads spared that because a write quorum had answered the same tag
 * @param announced reads spared that because somebody knew the tag to be complete
 */
public record Counts(long reads, long writes, long propagations, long agreed, long announced) {
  /** Of nobody yet. */
  public static final Counts NONE = new Counts(0, 0, 0, 0, 0);

  /** Those of both. */
  public Counts plus(Counts other) {
    return new Counts(
        reads + other.reads, writes + other.writes, propagations + other.propagations,
        agreed + other.agreed, announced + other.announced);
  }
}
