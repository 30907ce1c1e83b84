package io.synod.server.demo;

import io.synod.server.cli.JsonLine;
import io.synod.testkit.linearizability.Operation;
import io.synod.testkit.linearizability.Verdict;
import java.io.PrintWriter;
import java.util.List;

/** What came of a demo, whatever was shown in it. */
interface DemoOutcome {
  /** Whether everything is as it should be. */
  boolean well();

  /** What clients recorded. */
  List<Operation> history();

  /** For people. */
  void printTable(PrintWriter out);

  /** For programs. */
  JsonLine json();

  /** A verdict in one word. */
  static String word(Verdict verdict) {
    if (verdict instanceof Verdict.Undecided) {
      return "undecided";
    }
    return verdict.linearizable() ? "yes" : "NO";
  }
}
