package io.synod.testkit.sim;

import io.synod.testkit.oracle.Findings;
import io.synod.testkit.oracle.Life;

/** What the code under test throws is a violation, too: of one of its own invariants. */
final class Failures {
  private static final int FRAMES = 12;

  private Failures() {}

  static void report(World world, Findings findings, Life life, Throwable broken) {
    if (broken instanceof MachineFailure machine) {
      findings.violated("StateMachine",
          life + " called " + machine.getMessage() + " of the state machine",
          "it threw " + machine.getCause() + " at " + where(machine.getCause()));
      return;
    }
    findings.violated(
        "Invariant", life + " must never fail at " + world.now() / World.MILLI + " ms",
        "it threw " + broken + " at " + where(broken));
  }

  private static String where(Throwable broken) {
    StringBuilder where = new StringBuilder(128);
    StackTraceElement[] stack = broken.getStackTrace();
    for (int i = 0; i < Math.min(FRAMES, stack.length); i++) {
      where.append(i == 0 ? "" : " < ").append(simple(stack[i]));
    }
    return where.toString();
  }

  private static String simple(StackTraceElement frame) {
    String type = frame.getClassName();
    return type.substring(type.lastIndexOf('.') + 1) + "." + frame.getMethodName() + ":"
        + frame.getLineNumber();
  }
}
