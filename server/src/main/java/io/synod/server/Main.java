package io.synod.server;

import io.synod.server.bench.BenchCommand;
import io.synod.server.cli.CommandFailed;
import io.synod.server.cli.ExitCodes;
import io.synod.server.command.CheckConfigCommand;
import io.synod.server.command.ConfigCommand;
import io.synod.server.command.ExplainCommand;
import io.synod.server.command.LogCommand;
import io.synod.server.command.ServerCommand;
import io.synod.server.command.SnapshotCommand;
import io.synod.server.command.StatusCommand;
import io.synod.server.command.VariantsCommand;
import io.synod.server.demo.DemoCommand;
import io.synod.server.disk.DiskServerCommand;
import io.synod.server.figures.FiguresCommand;
import io.synod.server.history.HistoryCommand;
import io.synod.server.members.LeaderCommand;
import io.synod.server.members.MembersCommand;
import io.synod.server.sim.SimCommand;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The {@code synod} command line. */
@Command(name = "synod", sortOptions = false, mixinStandardHelpOptions = true,
    description = "Consensus for the JVM: a replicated state machine, assembled by configuration.",
    subcommands = {
      DemoCommand.class, ServerCommand.class, DiskServerCommand.class, CheckConfigCommand.class,
      ConfigCommand.class, VariantsCommand.class, ExplainCommand.class, StatusCommand.class,
      MembersCommand.class, LeaderCommand.class, SnapshotCommand.class, LogCommand.class,
      BenchCommand.class, FiguresCommand.class, SimCommand.class, HistoryCommand.class},
    footer = {"", "Every command has --help with an example.",
      "Exit codes: 0 done, 1 failed or a check found a violation, 2 wrong usage or configuration."})
public final class Main implements Callable<Integer> {
  @Spec
  private CommandSpec spec;

  /** Runs a command and ends the process with its exit code. */
  public static void main(String[] args) {
    int code = commandLine().execute(args);
    System.out.flush();
    System.exit(code);
  }

  /** Every command has --version. */
  private static void tellVersion(CommandLine line) {
    String release = Main.class.getPackage().getImplementationVersion();
    line.getCommandSpec().version(
        "synod " + (release == null ? "(not packaged)" : release),
        "Java " + System.getProperty("java.vm.version"));
    line.getSubcommands().values().forEach(Main::tellVersion);
  }

  /** The command line with its way to report errors: one sentence on stderr. */
  static CommandLine commandLine() {
    CommandLine line = new CommandLine(new Main());
    line.setCaseInsensitiveEnumValuesAllowed(true);
    tellVersion(line);
    line.setParameterExceptionHandler((e, args) -> {
      CommandLine at = e.getCommandLine();
      at.getErr().println("synod: " + e.getMessage() + "; see "
          + at.getCommandSpec().qualifiedName() + " --help");
      return ExitCodes.USAGE;
    });
    line.setExecutionExceptionHandler((e, at, parsed) -> {
      if (e instanceof CommandFailed failed) {
        at.getErr().println("synod: " + failed.getMessage());
        return failed.exitCode();
      }
      at.getErr().println("synod: " + at.getCommandSpec().qualifiedName() + " failed unexpectedly");
      e.printStackTrace(at.getErr());
      return ExitCodes.FAILED;
    });
    return line;
  }

  @Override
  public Integer call() {
    spec.commandLine().getErr().println("synod: name a command");
    spec.commandLine().usage(spec.commandLine().getErr());
    return ExitCodes.USAGE;
  }
}
