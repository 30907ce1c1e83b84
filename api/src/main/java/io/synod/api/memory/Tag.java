package io.synod.api.memory;

import io.synod.api.model.NodeId;
import java.util.Objects;

/**
 * Orders the writes of one register: (sequence, writer), lexicographically. A writer takes the
 * number after the highest that it knows, so that two writes never have the same tag and a write
 * that begins after another has ended has a higher one (Attiya, Bar-Noy, Dolev; the writer's name
 * for several writers).
 */
public record Tag(long sequence, NodeId writer) implements Comparable<Tag> {
  /** Of the initial value, which nobody wrote: below every tag of a write. */
  public static final Tag NONE = new Tag(0, NodeId.of("0"));

  /**
   * The largest number that is believed from a message. One senseless number must not exhaust the
   * counter for ever.
   */
  public static final long MAX_SEQUENCE = 1L << 53;

  /** Refuses numbers out of range. */
  public Tag {
    Objects.requireNonNull(writer, "writer");
    if (sequence < 0 || sequence > MAX_SEQUENCE) {
      throw new IllegalArgumentException("tag out of range: " + sequence);
    }
  }

  /** The first tag of {@code next} above this one. */
  public Tag nextFor(NodeId next) {
    return new Tag(sequence + 1, next);
  }

  /** Whether this tag is lower than {@code other}. */
  public boolean before(Tag other) {
    return compareTo(other) < 0;
  }

  /** The higher of two tags. */
  public static Tag max(Tag a, Tag b) {
    return a.before(b) ? b : a;
  }

  @Override
  public int compareTo(Tag other) {
    int bySequence = Long.compare(sequence, other.sequence);
    return bySequence != 0 ? bySequence : writer.compareTo(other.writer);
  }

  @Override
  public String toString() {
    return "(" + sequence + "," + writer + ")";
  }
}
