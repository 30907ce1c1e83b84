package io.synod.testkit.oracle;

/**
 * A property that did not hold, with the two facts that contradict each other.
 *
 * @param atNanos virtual time of the second fact
 */
public record Violation(String property, String first, String second, long atNanos) {
  @Override
  public String toString() {
    return property + " violated at " + atNanos / 1_000_000 + " ms: " + first + "; but " + second;
  }
}
