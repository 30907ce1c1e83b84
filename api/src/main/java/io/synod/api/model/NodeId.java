package io.synod.api.model;

import java.util.Objects;

/**
 * The stable name of a process, such as {@code n1}: never an address, never re-used for another
 * store without a new incarnation. Ordered by length, then by characters, so that n2 precedes n10.
 */
public record NodeId(String name) implements Comparable<NodeId> {
  private static final int LONGEST = 64;

  /** Refuses names that could not stand in a file name, a log line or a configuration key. */
  public NodeId {
    Objects.requireNonNull(name, "name");
    if (name.isEmpty() || name.length() > LONGEST || !name.chars().allMatch(NodeId::allowed)) {
      throw new IllegalArgumentException(
          "a node id is 1 to 64 letters, digits, '-' or '_', but was '" + name + "'");
    }
  }

  /** Short form of the constructor. */
  public static NodeId of(String name) {
    return new NodeId(name);
  }

  private static boolean allowed(int c) {
    return c < 128 && (Character.isLetterOrDigit(c) || c == '-' || c == '_');
  }

  @Override
  public int compareTo(NodeId other) {
    int byLength = Integer.compare(name.length(), other.name.length());
    return byLength != 0 ? byLength : name.compareTo(other.name);
  }

  @Override
  public String toString() {
    return name;
  }
}
