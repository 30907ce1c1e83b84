package io.synod.server.cli;

/**
 * Ends a command with an exit code and one sentence on stderr, without a stack trace. Thrown by
 * commands on the thread that runs them; the sentence names the option, key, file or address at
 * fault and, where it is not obvious, what to do.
 */
public final class CommandFailed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int exitCode;

  private CommandFailed(int exitCode, String sentence, Throwable cause) {
    super(sentence, cause);
    this.exitCode = exitCode;
  }

  /** Wrong usage or configuration: exit code 2. */
  public static CommandFailed usage(String sentence) {
    return new CommandFailed(ExitCodes.USAGE, sentence, null);
  }

  /** Wrong usage or configuration, found by an exception: exit code 2. */
  public static CommandFailed usage(String sentence, Throwable cause) {
    return new CommandFailed(ExitCodes.USAGE, sentence, cause);
  }

  /** What was asked for failed: exit code 1. */
  public static CommandFailed failed(String sentence) {
    return new CommandFailed(ExitCodes.FAILED, sentence, null);
  }

  /** What was asked for failed with an exception: exit code 1. */
  public static CommandFailed failed(String sentence, Throwable cause) {
    return new CommandFailed(ExitCodes.FAILED, sentence, cause);
  }

  /** How the process ends. */
  public int exitCode() {
    return exitCode;
  }
}
