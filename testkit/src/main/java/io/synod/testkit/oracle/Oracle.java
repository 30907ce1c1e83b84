package io.synod.testkit.oracle;

import java.util.Objects;

/** An observer that knows one property and reports when it does not hold. */
public abstract class Oracle implements Observer {
  private final Findings findings;

  /** Reports to {@code findings}. */
  protected Oracle(Findings findings) {
    this.findings = Objects.requireNonNull(findings, "findings");
  }

  /** Reports the two facts that contradict each other. */
  protected final void violated(String first, String second) {
    findings.violated(getClass().getSimpleName(), first, second);
  }
}
