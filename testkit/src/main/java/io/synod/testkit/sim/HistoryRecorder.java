package io.synod.testkit.sim;

import io.synod.testkit.linearizability.LinearizabilityChecker;
import io.synod.testkit.linearizability.Operation;
import io.synod.testkit.linearizability.Verdict;
import io.synod.testkit.oracle.Findings;
import java.util.ArrayList;
import java.util.List;

/**
 * What the clients of a run saw, checked at its end without a look at any node. A command that
 * nobody answered stays open; one that was rejected did not happen.
 */
final class HistoryRecorder {
  private static final int MOST_CONFIGURATIONS = 50_000;

  private final World world;
  private final HistoryFormat format;
  private final List<Recorded> calls = new ArrayList<>();

  /** Records nothing if there is no format. */
  HistoryRecorder(World world, HistoryFormat format) {
    this.world = world;
    this.format = format;
  }

  /** A command or query under way. */
  final class Recorded {
    private final int client;
    private final boolean query;
    private final byte[] request;
    private final long invoked = world.now();
    private long returned = Operation.NEVER;
    private byte[] answer;
    private boolean rejected;

    private Recorded(int client, boolean query, byte[] request) {
      this.client = client;
      this.query = query;
      this.request = request;
    }

    void answered(byte[] with) {
      answer = with;
      returned = world.now();
    }

    void rejected() {
      rejected = true;
    }

    private boolean counts() {
      return !rejected && (!query || answer != null);
    }

    private Operation operation() {
      HistoryFormat.Call call = new HistoryFormat.Call(client, invoked, returned);
      return format.operation(call, request, answer);
    }
  }

  Recorded command(int client, byte[] command) {
    return recorded(new Recorded(client, false, command));
  }

  Recorded query(int client, byte[] query) {
    return recorded(new Recorded(client, true, query));
  }

  private Recorded recorded(Recorded call) {
    if (format != null) {
      calls.add(call);
    }
    return call;
  }

  List<Operation> history() {
    return calls.stream().filter(Recorded::counts).map(Recorded::operation).toList();
  }

  void check(Findings findings) {
    if (format == null) {
      return;
    }
    Verdict verdict =
        new LinearizabilityChecker(format.model(), MOST_CONFIGURATIONS).check(history());
    if (verdict instanceof Verdict.Violation violation) {
      findings.violated("LinearizableHistory",
          "clients recorded " + calls.size() + " operations", violation.toString());
    }
  }
}
