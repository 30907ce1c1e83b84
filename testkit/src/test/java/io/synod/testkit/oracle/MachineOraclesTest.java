package io.synod.testkit.oracle;

import static io.synod.testkit.oracle.Recorded.L1;
import static io.synod.testkit.oracle.Recorded.L2;

import io.synod.api.replication.StateMachine;
import io.synod.api.storage.SnapshotContent;
import io.synod.testkit.oracle.MachineObserver.AppliedCommand;
import io.synod.testkit.oracle.MachineObserver.Hashes;
import io.synod.testkit.oracle.MachineObserver.Point;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** Each oracle about state machines is green where it should be, and red once. */
class MachineOraclesTest {
  private final Recorded findings = new Recorded();

  private static Point at(long number) {
    return new Point(number, Recorded.at(number + 10));
  }

  private static AppliedCommand command(long number, int content, int result) {
    return new AppliedCommand(
        at(number), 0, new byte[] {(byte) content}, new byte[] {(byte) result});
  }

  @Test
  void stateByInstance() {
    StateByInstance oracle = new StateByInstance(findings);
    oracle.hashed(L1, at(1), 7);
    oracle.hashed(L2, at(1), 7);
    oracle.hashed(L2, at(2), 8);
    findings.green();
    oracle.hashed(L1, at(2), 9);
    findings.red(StateByInstance.class, "command number 2 (instance 12)");
  }

  @Test
  void snapshotEquivalence() {
    SnapshotEquivalence oracle = new SnapshotEquivalence(findings);
    oracle.replayed(L1, at(32), 16, new Hashes(5, 5));
    findings.green();
    oracle.replayed(L1, at(48), 32, new Hashes(5, 6));
    findings.red(SnapshotEquivalence.class, "snapshot of command number 32");
  }

  @Test
  void sameResult() {
    SameResult oracle = new SameResult(findings);
    oracle.applied(L1, command(1, 'a', 'x'));
    oracle.applied(L2, command(1, 'a', 'x'));
    findings.green();
    oracle.applied(L1, command(2, 'b', 'x'));
    oracle.applied(L2, command(2, 'b', 'y'));
    findings.red(SameResult.class, "'y'");
  }

  @Test
  void queryChangesNothing() {
    QueryChangesNothing oracle = new QueryChangesNothing(findings);
    oracle.queried(L1, at(1), new Hashes(5, 5));
    findings.green();
    oracle.queried(L1, at(1), new Hashes(5, 6));
    findings.red(QueryChangesNothing.class, "after a query");
  }

  @Test
  void sequentialModelOfCommands() {
    SequentialModel oracle = new SequentialModel(findings, Echo::new);
    oracle.applied(L1, command(1, 'a', 'a'));
    oracle.applied(L2, command(1, 'a', 'a'));
    oracle.ended();
    findings.green();
    oracle.applied(L1, command(2, 'b', 'a'));
    oracle.ended();
    findings.red(SequentialModel.class, "the model");
  }

  @Test
  void sequentialModelOfQueriesAtTheirPlaceInTheLog() {
    SequentialModel oracle = new SequentialModel(findings, Echo::new);
    oracle.answered(L1, at(0), new byte[0], new byte[] {0});
    oracle.applied(L1, command(1, 'a', 'a'));
    oracle.applied(L1, command(2, 'b', 'b'));
    oracle.answered(L2, at(1), new byte[0], new byte[] {'a'});
    oracle.ended();
    findings.green();
    oracle.answered(L2, at(2), new byte[0], new byte[] {'a'});
    oracle.ended();
    findings.red(SequentialModel.class, "answered 'a' to the query ''");
  }

  /** Answers the last command. */
  private static final class Echo implements StateMachine {
    private byte last;

    @Override
    public byte[] apply(Context context, ByteBuffer command) {
      last = command.get();
      return new byte[] {last};
    }

    @Override
    public byte[] query(ByteBuffer query) {
      return new byte[] {last};
    }

    @Override
    public SnapshotContent snapshot() {
      return out -> out.write(last);
    }

    @Override
    public void restore(InputStream snapshot) {
      throw new UnsupportedOperationException("not needed");
    }
  }
}
