package io.synod.testkit.contract;

import io.synod.api.model.Ballot;
import io.synod.api.model.Configuration;
import io.synod.api.model.Era;
import io.synod.api.model.InstanceId;
import io.synod.api.model.NodeId;
import io.synod.api.model.OneC;
import io.synod.api.model.Value;
import io.synod.api.register.ReadOutcome;
import io.synod.api.register.RoundBasedRegister.WriteListener;
import java.util.ArrayList;
import java.util.List;

/** Reads and writes as a test says, and writes down what the register tells. */
final class RegisterNode extends LayerNode implements WriteListener {
  private final List<ReadOutcome> reads = new ArrayList<>();
  private final List<Told> told = new ArrayList<>();

  /** What a write listener heard. */
  sealed interface Told {
    /** The 1c is stored. */
    record Stored(Ballot ballot) implements Told {}

    /** The era is active. */
    record Activated(Ballot ballot) implements Told {}

    /** Everything up to there is written. */
    record Committed(Ballot ballot, InstanceId upTo) implements Told {}

    /** The ballot is over. */
    record Aborted(Ballot ballot, Ballot higher) implements Told {}
  }

  RegisterNode(NodeId id, LayerWorld<?> world) {
    super(id, world);
  }

  /** Its n-th ballot. */
  Ballot ballot(long n) {
    return new Ballot(n, id(), 0);
  }

  void read(Ballot ballot) {
    turn(() -> register().read(
        ballot, Era.ZERO, world().founders(), InstanceId.FIRST, reads::add));
  }

  void readAlso(Configuration configuration) {
    turn(() -> register().readAlso(configuration));
  }

  /** 1c of era 0 from the first instance on. */
  void adopt(Ballot ballot, Value... window) {
    adopt(new OneC(ballot, Era.ZERO, world().founders(), InstanceId.FIRST, List.of(window)), false);
  }

  void adopt(OneC oneC, boolean opens) {
    turn(() -> register().adopt(oneC, opens, this));
  }

  void write(long instance, Value value) {
    turn(() -> register().write(InstanceId.of(instance), value));
  }

  /** How its reads ended, in order. */
  List<ReadOutcome> reads() {
    return List.copyOf(reads);
  }

  /** What it was told of its writes, in order. */
  List<Told> told() {
    return List.copyOf(told);
  }

  @Override
  public void stored(Ballot ballot) {
    told.add(new Told.Stored(ballot));
  }

  @Override
  public void activated(Ballot ballot) {
    told.add(new Told.Activated(ballot));
  }

  @Override
  public void committed(Ballot ballot, InstanceId upTo) {
    told.add(new Told.Committed(ballot, upTo));
  }

  @Override
  public void aborted(Ballot ballot, Ballot higher) {
    told.add(new Told.Aborted(ballot, higher));
  }
}
