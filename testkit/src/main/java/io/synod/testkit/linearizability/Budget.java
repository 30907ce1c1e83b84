package io.synod.testkit.linearizability;

/** How far searches may go: configurations in one step of a search, and steps in all. */
final class Budget {
  private final int configurations;
  private long steps;

  Budget(int configurations, long steps) {
    this.configurations = configurations;
    this.steps = steps;
  }

  /** Takes one step; false if that was one too many, or the configurations are. */
  boolean allows(int held) {
    return steps-- > 0 && held <= configurations;
  }
}
