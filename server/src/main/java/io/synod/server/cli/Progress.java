package io.synod.server.cli;

import java.io.Console;
import java.io.PrintStream;

/**
 * One line on stderr that is overwritten as work goes on; silent where stderr or stdout is not a
 * terminal, so that scripts never see it. Single thread.
 */
public final class Progress implements AutoCloseable {
  private static final int FIRST_JDK_WITH_IS_TERMINAL = 22;

  private final PrintStream out;
  private final boolean shown;
  private int width;

  Progress(PrintStream out, boolean shown) {
    this.out = out;
    this.shown = shown;
  }

  /** On stderr, if this process has a terminal and {@code quiet} is false. */
  public static Progress onTerminal(boolean quiet) {
    return new Progress(System.err, !quiet && hasTerminal());
  }

  /** Replaces the line by this text. */
  public void show(String text) {
    if (!shown) {
      return;
    }
    out.print("\r" + text + " ".repeat(Math.max(0, width - text.length())));
    out.flush();
    width = text.length();
  }

  /** Clears the line. */
  @Override
  public void close() {
    if (shown && width > 0) {
      out.print("\r" + " ".repeat(width) + "\r");
      out.flush();
      width = 0;
    }
  }

  /** From 22 on a console exists without a terminal too, and has a method that says which. */
  private static boolean hasTerminal() {
    Console console = System.console();
    if (console == null || Runtime.version().feature() < FIRST_JDK_WITH_IS_TERMINAL) {
      return console != null;
    }
    try {
      return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }
}
