package io.synod.testkit.oracle;

/** Where oracles report. */
public interface Findings {
  /** A property is violated by two facts; called on the simulator's thread, never blocks. */
  void violated(String property, String first, String second);
}
