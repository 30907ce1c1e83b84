package io.synod.server.history;

import io.synod.server.cli.CommandFailed;
import io.synod.server.cli.ExitCodes;
import io.synod.server.cli.JsonLine;
import io.synod.server.cli.Table;
import io.synod.testkit.linearizability.HistoryFile;
import io.synod.testkit.linearizability.LinearizabilityChecker;
import io.synod.testkit.linearizability.Model;
import io.synod.testkit.linearizability.Operation;
import io.synod.testkit.linearizability.ValueModel;
import io.synod.testkit.linearizability.Verdict;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.MalformedInputException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code synod history check FILE}: is a recorded history linearizable? */
@Command(name = "history", sortOptions = false, mixinStandardHelpOptions = true,
    description = "Checks what clients saw.",
    footer = {"", "Example: synod history check history.jsonl"})
public final class HistoryCommand implements Callable<Integer> {
  @Spec
  private CommandSpec spec;

  /** What a key is before the first operation. */
  enum Start { ABSENT, ZERO }

  @Override
  public Integer call() {
    throw CommandFailed.usage("history takes check; see synod history --help");
  }

  @Command(name = "check", sortOptions = false, mixinStandardHelpOptions = true,
      description = {
        "Decides whether a history is linearizable. One operation a line, as JSON:",
        "  {\"client\":3,\"key\":\"c0\",\"op\":\"add\",\"arg\":1,\"result\":17,\"invoked\":100,"
            + "\"returned\":120}",
        "op is read, write, cas (from expected to arg), add, append or delete, or get, set, incr,",
        "del. Times are whole numbers of one clock. An operation without \"returned\" has an",
        "unknown outcome: it may take effect at any later time, or never."},
      footer = {"", "Exit code 0: linearizable; 1: not so, or undecided; 2: the file is at fault.",
        "", "Example: synod history check history.jsonl --json"})
  int check(
      @Parameters(paramLabel = "FILE", description = "a history, as 'demo --keep' writes it")
      Path file,
      @Option(names = "--start", paramLabel = "VALUE", description = "what a key is at first: "
          + "absent or zero (default: zero if there are only reads and additions)") Start start,
      @Option(names = "--json", description = "prints one JSON object as the last line")
      boolean json) {
    List<Operation> history = read(file);
    Verdict verdict = new LinearizabilityChecker(model(history, start)).check(history);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      line(history, verdict).print(out);
    } else {
      new Table("operations", "unknown outcome", "keys", "linearizable")
          .row(history.size(), open(history), keys(history), word(verdict)).print(out);
      if (!verdict.linearizable()) {
        out.println(verdict);
        out.flush();
      }
    }
    return verdict.linearizable() ? ExitCodes.DONE : ExitCodes.FAILED;
  }

  private static List<Operation> read(Path file) {
    try {
      return HistoryFile.read(file);
    } catch (NoSuchFileException e) {
      throw CommandFailed.usage("there is no file " + file, e);
    } catch (MalformedInputException e) {
      throw CommandFailed.usage(file + " is not text in UTF-8", e);
    } catch (IOException e) {
      throw CommandFailed.usage(e.getMessage(), e);
    }
  }

  private static Model model(List<Operation> history, Start start) {
    boolean counters = history.stream().allMatch(
        o -> o.kind() == Operation.Kind.READ || o.kind() == Operation.Kind.ADD);
    return start == Start.ZERO || start == null && counters
        ? ValueModel.counter() : ValueModel.register();
  }

  private static long open(List<Operation> history) {
    return history.stream().filter(Operation::open).count();
  }

  private static long keys(List<Operation> history) {
    return history.stream().map(Operation::key).distinct().count();
  }

  private static String word(Verdict verdict) {
    if (verdict instanceof Verdict.Undecided) {
      return "undecided";
    }
    return verdict.linearizable() ? "yes" : "NO";
  }

  private static JsonLine line(List<Operation> history, Verdict verdict) {
    JsonLine line = new JsonLine().put("operations", history.size())
        .put("unknownOutcomes", open(history)).put("keys", keys(history))
        .put("linearizable", verdict instanceof Verdict.Undecided ? null : verdict.linearizable());
    if (verdict instanceof Verdict.Violation v) {
      line.put("key", v.key()).put("culprit", v.culprit().toString()).put("prefix", v.prefix())
          .put("essential", v.essential().stream().map(Operation::toString).toList());
    } else if (verdict instanceof Verdict.Undecided undecided) {
      line.put("key", undecided.key());
    }
    return line;
  }
}
