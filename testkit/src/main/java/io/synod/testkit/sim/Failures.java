package io.synod.testkit.sim;

import io.synod.testkit.oracle.Findings;
import io.synod.testkit.oracle.Life;

/** What the code under test throws is a violation, too: of one of its own invariants. */
final class Failures {
  private static final int FRAMES = 12;

  private Failures() {}

  static void report(World world, Findings findings, Life life, Throwable broken) {
    StringBuilder where = new StringBuilder(128);
    StackTraceElement[] stack = broken.getStackTrace();
    for (int i = 0; i < Math.min(FRAMES, stack.length); i++) {
      where.append(i == 0 ? "" : " < ").append(simple(stack[i]));
    }
    findings.violated(
        "Invariant", life + " must never fail at " + world.now() / World.MILLI + " ms",
        "it threw " + broken + " at " + where);
  }

  private static String simple(StackTraceElement frame) {
    String type = frame.getClassName();
    return type.substring(type.lastIndexOf('.') + 1) + "." + frame.getMethodName() + ":"
        + frame.getLineNumber();
  }
}
