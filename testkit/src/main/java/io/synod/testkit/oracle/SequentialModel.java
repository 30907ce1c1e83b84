package io.synod.testkit.oracle;

import io.synod.api.model.InstanceId;
import io.synod.api.replication.StateMachine;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Linearizability of any state machine, with the log as the order: one model that is given the
 * commands one after the other must answer what clients were answered, to commands and, between
 * them, to queries. That the log's order respects real time is {@link Linearizability}.
 */
public final class SequentialModel extends Oracle implements MachineObserver {
  private final Supplier<? extends StateMachine> model;
  private final List<AppliedCommand> log = new ArrayList<>();
  private final TreeMap<Long, List<Asked>> queries = new TreeMap<>();

  /** With a model for each run; a second instance of the machine itself will do. */
  public SequentialModel(Findings findings, Supplier<? extends StateMachine> model) {
    super(findings);
    this.model = model;
  }

  @Override
  public void applied(Life life, AppliedCommand step) {
    if (step.at().number() == log.size() + 1L) {
      log.add(step);
    }
  }

  @Override
  public void answered(Life life, Point at, byte[] query, byte[] answer) {
    queries.computeIfAbsent(at.number(), number -> new ArrayList<>())
        .add(new Asked(life, at, query, answer));
  }

  @Override
  public void ended() {
    try {
      replay(model.get());
    } catch (RuntimeException broken) {
      violated("the model was given the log of " + log.size() + " commands",
          "it threw " + broken);
    }
  }

  private void replay(StateMachine machine) {
    boolean well = queriesFit(machine, 0);
    for (int i = 0; well && i < log.size(); i++) {
      AppliedCommand step = log.get(i);
      byte[] result = machine.apply(new At(step), ByteBuffer.wrap(step.command().clone()));
      if (!Arrays.equals(result, step.result())) {
        violated(
            "clients were answered " + Bytes.text(step.result()) + " to " + step.at() + ", "
                + Bytes.text(step.command()),
            "the model, given the log one command after the other, answers "
                + Bytes.text(result));
        return;
      }
      well = queriesFit(machine, i + 1L);
    }
  }

  private boolean queriesFit(StateMachine machine, long number) {
    for (Asked asked : queries.getOrDefault(number, List.of())) {
      byte[] answer = machine.query(ByteBuffer.wrap(asked.query.clone()));
      if (!Arrays.equals(answer, asked.answer)) {
        violated(
            asked.life + " answered " + Bytes.text(asked.answer) + " to the query "
                + Bytes.text(asked.query) + " after " + asked.at,
            "the model, given the log one command after the other, answers "
                + Bytes.text(answer));
        return false;
      }
    }
    return true;
  }

  private record Asked(Life life, Point at, byte[] query, byte[] answer) {}

  private record At(AppliedCommand step) implements StateMachine.Context {
    @Override
    public InstanceId instance() {
      return step.at().instance();
    }

    @Override
    public long timeMillis() {
      return step.timeMillis();
    }
  }
}
