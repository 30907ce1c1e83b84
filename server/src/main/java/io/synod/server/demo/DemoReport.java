package io.synod.server.demo;

import io.synod.server.cli.JsonLine;
import io.synod.server.cli.Table;
import io.synod.testkit.linearizability.Operation;
import io.synod.testkit.linearizability.Verdict;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;

/** What came of a demo run. {@code learner}: the node that came back without its votes. */
record DemoReport(
    DemoPlan plan, Tally tally, Audit audit, List<Operation> history, Verdict verdict,
    double seconds, Optional<String> learner, Replacement replacement) implements DemoOutcome {
  @Override
  public boolean well() {
    return tally.increments() > 0 && audit.lost() == 0 && audit.duplicated() == 0
        && audit.agree() && verdict.linearizable() && replacement.active();
  }

  private long throughput() {
    return Math.round((tally.increments() + tally.reads()) / seconds);
  }

  @Override
  public void printTable(PrintWriter out) {
    Table table = new Table("check", "result", "meaning");
    table.row("acknowledged", count(tally.increments()), "increments a client was told of");
    table.row("lost", count(audit.lost()), "of them missing in the state of some replica");
    table.row("duplicated", count(audit.duplicated()), "increments that took effect twice");
    table.row("linearizable", DemoOutcome.word(verdict), history.size()
        + " operations: everything on " + Traffic.RECORDED_COUNTERS + " counters of their own, by "
        + Traffic.recorded(plan.clients()) + " clients");
    table.row("replicas agree", audit.agree() ? "yes" : "NO", audit.silent().isEmpty()
        ? "state of all " + plan.nodes() + " members compared"
        : "no state from " + String.join(", ", audit.silent()));
    table.row("unknown outcome", count(tally.indeterminateCount()),
        "increments that may have taken effect: neither lost nor wrong");
    table.row("refused", count(tally.refusedCount()), "requests that did not take effect");
    table.row("failover ms", tally.failoverMillis(),
        "from the kill to the first answer to an increment submitted after it");
    table.row("reconfiguration ms", replacement.millis(), replacement.meaning());
    table.row("worst stall ms", replacement.worstStallMillis(tally),
        "longest time without any answer while that was on its way; "
            + replacement.stallBeforeMillis(tally) + " in as long before");
    table.row("operations/s", count(throughput()), "increments and reads together");
    table.row("p50 µs", tally.micros(50), "median time to an answer");
    table.row("p99 µs", tally.micros(99), "99 of 100 were answered within");
    table.print(out);
    learner.ifPresent(node -> out.println(node + " came back without its memory: it follows and "
        + "holds the state again, and votes once a reconfiguration names it."));
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
        .put("acknowledged", tally.increments())
        .put("lost", audit.lost())
        .put("duplicated", audit.duplicated())
        .put("linearizable", verdict.linearizable())
        .put("replicasAgree", audit.agree())
        .put("failoverMillis", tally.failoverMillis())
        .put("reconfigurationMillis", replacement.millis())
        .put("worstStallMillis", replacement.worstStallMillis(tally))
        .put("throughput", throughput())
        .put("p50Micros", tally.micros(50))
        .put("p99Micros", tally.micros(99))
        .put("stallBeforeMillis", replacement.stallBeforeMillis(tally))
        .put("indeterminate", tally.indeterminateCount())
        .put("refused", tally.refusedCount())
        .put("operationsCheckedForLinearizability", history.size())
        .put("variant", plan.variant())
        .put("nodes", plan.nodes());
  }
}
