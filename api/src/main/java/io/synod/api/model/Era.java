package io.synod.api.model;

/** The number e of the e-th configuration; era 0 comes from the configuration file. */
public record Era(long number) implements Comparable<Era> {
  /** The era of the configuration file. */
  public static final Era ZERO = new Era(0);

  /** Refuses negative numbers. */
  public Era {
    if (number < 0) {
      throw new IllegalArgumentException("an era is not negative, but was " + number);
    }
  }

  /** The era after this one. */
  public Era next() {
    return new Era(number + 1);
  }

  /** The later of two eras. */
  public static Era max(Era a, Era b) {
    return a.number >= b.number ? a : b;
  }

  @Override
  public int compareTo(Era other) {
    return Long.compare(number, other.number);
  }

  @Override
  public String toString() {
    return Long.toString(number);
  }
}
