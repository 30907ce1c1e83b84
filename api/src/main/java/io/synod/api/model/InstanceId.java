package io.synod.api.model;

/**
 * The number of one consensus instance, counted from 1; 0 means "none yet" in watermarks such as
 * "decided up to".
 */
public record InstanceId(long number) implements Comparable<InstanceId> {
  /** Before the first instance. */
  public static final InstanceId NONE = new InstanceId(0);

  /** The first instance of a log. */
  public static final InstanceId FIRST = new InstanceId(1);

  /** Refuses negative numbers. */
  public InstanceId {
    if (number < 0) {
      throw new IllegalArgumentException("an instance is not negative, but was " + number);
    }
  }

  /** Short form of the constructor. */
  public static InstanceId of(long number) {
    return new InstanceId(number);
  }

  /** The instance right after this one. */
  public InstanceId next() {
    return new InstanceId(number + 1);
  }

  /** The instance {@code count} after this one; {@code count} may be negative. */
  public InstanceId plus(long count) {
    return new InstanceId(number + count);
  }

  /** How many instances this one lies after {@code other}. */
  public long minus(InstanceId other) {
    return number - other.number;
  }

  /** Whether this instance precedes {@code other}. */
  public boolean before(InstanceId other) {
    return number < other.number;
  }

  /** The later of two instances. */
  public static InstanceId max(InstanceId a, InstanceId b) {
    return a.number >= b.number ? a : b;
  }

  @Override
  public int compareTo(InstanceId other) {
    return Long.compare(number, other.number);
  }

  @Override
  public String toString() {
    return Long.toString(number);
  }
}
