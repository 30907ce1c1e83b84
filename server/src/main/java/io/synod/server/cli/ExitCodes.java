package io.synod.server.cli;

/** How a command ends; scripts rely on the numbers. */
public final class ExitCodes {
  /** It did what was asked. */
  public static final int DONE = 0;
  /** What was asked for failed, or a check found a violation. */
  public static final int FAILED = 1;
  /** Wrong usage or configuration. */
  public static final int USAGE = 2;

  private ExitCodes() {}
}
