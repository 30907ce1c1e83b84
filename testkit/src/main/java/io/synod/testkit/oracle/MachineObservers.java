package io.synod.testkit.oracle;

import io.synod.api.replication.StateMachine;
import java.util.List;
import java.util.function.Supplier;

/** Several observers of a state machine as one, told in their order. */
public record MachineObservers(List<MachineObserver> all) implements MachineObserver {
  /** All oracles of state machines. */
  public static MachineObservers oracles(
      Findings findings, Supplier<? extends StateMachine> model) {
    return new MachineObservers(List.of(
        new SameResult(findings), new QueryChangesNothing(findings),
        new SnapshotEquivalence(findings), new StateByInstance(findings),
        new SequentialModel(findings, model)));
  }

  @Override
  public void applied(Life life, AppliedCommand step) {
    all.forEach(each -> each.applied(life, step));
  }

  @Override
  public void hashed(Life life, Point at, long hash) {
    all.forEach(each -> each.hashed(life, at, hash));
  }

  @Override
  public void replayed(Life life, Point at, long from, Hashes hashes) {
    all.forEach(each -> each.replayed(life, at, from, hashes));
  }

  @Override
  public void answered(Life life, Point at, byte[] query, byte[] answer) {
    all.forEach(each -> each.answered(life, at, query, answer));
  }

  @Override
  public void queried(Life life, Point at, Hashes hashes) {
    all.forEach(each -> each.queried(life, at, hashes));
  }

  @Override
  public void ended() {
    all.forEach(MachineObserver::ended);
  }
}
