package io.synod.server.demo;

import io.synod.api.memory.Counts;
import io.synod.server.cli.JsonLine;
import io.synod.server.cli.Table;
import io.synod.testkit.linearizability.Operation;
import io.synod.testkit.linearizability.Verdict;
import java.io.PrintWriter;
import java.util.List;

/** What came of a demo of atomic registers. */
record MemoryReport(DemoPlan plan, Tally tally, Counts counts, Verdict verdict, Run run)
    implements DemoOutcome {
  /**
   * How it went.
   *
   * @param drained whether everything that was asked was answered at the end
   * @param agree whether reads of every register at every node gave the same at the end
   * @param stallMillis the longest time without any answer while a node was away
   */
  record Run(boolean drained, boolean agree, long stallMillis, double seconds) {}

  @Override
  public boolean well() {
    return tally.writes() > 0 && tally.reads() > 0 && run.drained && run.agree
        && verdict.linearizable();
  }

  @Override
  public List<Operation> history() {
    return List.copyOf(tally.history());
  }

  private long throughput() {
    return Math.round((tally.reads() + tally.writes()) / run.seconds);
  }

  @Override
  public void printTable(PrintWriter out) {
    Table table = new Table("check", "result", "meaning");
    table.row("linearizable", DemoOutcome.word(verdict), tally.history().size()
        + " operations on " + MemoryTraffic.REGISTERS + " registers: all there were");
    table.row("nodes agree", run.agree ? "yes" : "NO",
        "each register read at each node at the end");
    table.row("answered", run.drained ? "all" : "NOT ALL", "of what clients still waited for");
    table.row("written", count(tally.writes()), "acknowledged writes, two round trips each");
    table.row("read", count(tally.reads()), "reads, one or two round trips each");
    table.row("unknown outcome", count(tally.indeterminateCount()),
        "writes under way at a node that was killed: neither lost nor wrong");
    table.row("propagated", count(counts.propagations()), "reads that wrote back what they found");
    table.row("spared: agreed", count(counts.agreed()),
        "reads that did not, as a write quorum had answered the same");
    table.row("spared: announced", count(counts.announced()),
        "reads that did not, as somebody knew the value to be complete");
    table.row("worst stall ms", run.stallMillis,
        "longest time without any answer while a node was away: nobody is elected");
    table.row("operations/s", count(throughput()), "reads and writes together");
    table.row("p50 µs", tally.micros(50), "median time to an answer");
    table.row("p99 µs", tally.micros(99), "99 of 100 were answered within");
    table.print(out);
    if (!verdict.linearizable()) {
      out.println(verdict);
    }
    out.flush();
  }

  private static String count(long number) {
    return String.format("%,d", number);
  }

  @Override
  public JsonLine json() {
    return new JsonLine()
        .put("linearizable", verdict.linearizable())
        .put("operationsCheckedForLinearizability", tally.history().size())
        .put("nodesAgree", run.agree)
        .put("answered", run.drained)
        .put("written", tally.writes())
        .put("read", tally.reads())
        .put("indeterminate", tally.indeterminateCount())
        .put("propagations", counts.propagations())
        .put("sparedAgreed", counts.agreed())
        .put("sparedAnnounced", counts.announced())
        .put("worstStallMillis", run.stallMillis)
        .put("throughput", throughput())
        .put("p50Micros", tally.micros(50))
        .put("p99Micros", tally.micros(99))
        .put("variant", plan.variant())
        .put("nodes", plan.nodes());
  }
}
