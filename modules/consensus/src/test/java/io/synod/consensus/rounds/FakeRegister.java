package io.synod.consensus.rounds;

import io.synod.api.message.RegisterMessage.Reply;
import io.synod.api.model.Ballot;
import io.synod.api.model.Configuration;
import io.synod.api.model.Era;
import io.synod.api.model.InstanceId;
import io.synod.api.model.NodeId;
import io.synod.api.model.OneC;
import io.synod.api.model.Reconfigure;
import io.synod.api.model.Value;
import io.synod.api.model.Vote;
import io.synod.api.register.ReadOutcome;
import io.synod.api.register.RoundBasedRegister;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/** A register that writes down what it is asked and answers what the test says. */
final class FakeRegister implements RoundBasedRegister {
  private final List<String> calls = new ArrayList<>();
  private final List<LongConsumer> confirms = new ArrayList<>();
  private Consumer<ReadOutcome> reader;
  private Ballot ballot;
  private WriteListener writer;
  private boolean leased;

  /** What was asked since the last call, without the stops. */
  List<String> take() {
    List<String> taken = List.copyOf(calls);
    calls.clear();
    return taken;
  }

  @Override
  public void read(
      Ballot which, Era era, Configuration configuration, InstanceId first,
      Consumer<ReadOutcome> then) {
    calls.add("read " + which + " from " + first + in(era));
    ballot = which;
    reader = then;
  }

  @Override
  public void readAlso(Configuration configuration) {
    calls.add("read also " + configuration.ids());
  }

  @Override
  public void adopt(OneC oneC, boolean opens, WriteListener listener) {
    calls.add("adopt " + oneC.ballot() + " from " + oneC.low() + " " + tags(oneC.window())
        + in(oneC.era()) + (opens ? " to open it" : ""));
    writer = listener;
  }

  private static String in(Era era) {
    return era.equals(Era.ZERO) ? "" : " in era " + era;
  }

  private static List<String> tags(List<Value> values) {
    return values.stream().map(FakeRegister::tag).toList();
  }

  static String tag(Value value) {
    if (value.kind() == Value.Kind.RECONFIGURE) {
      return "makes " + Reconfigure.decode(value).makes();
    }
    return value.equals(Value.SKIP) ? "SKIP" : "v" + value.bytes()[1];
  }

  static Value value(int tag) {
    return Value.of(new byte[] {1, (byte) tag});
  }

  static Vote vote(long instance, Ballot ballot, int tag) {
    return new Vote(InstanceId.of(instance), ballot, value(tag));
  }

  @Override
  public void write(InstanceId instance, Value value) {
    calls.add("write " + instance + " " + tag(value));
  }

  @Override
  public void decided(InstanceId upTo) {
    calls.add("decided " + upTo);
  }

  @Override
  public long confirm(LongConsumer then) {
    calls.add("confirm");
    confirms.add(then);
    return confirms.size();
  }

  @Override
  public boolean leased() {
    calls.add("leased");
    return leased;
  }

  void leased(boolean holds) {
    leased = holds;
  }

  @Override
  public void onReply(NodeId from, Reply reply) {
    throw new AssertionError("the proposer hands over no replies");
  }

  @Override
  public boolean flush() {
    return false;
  }

  @Override
  public void stop() {
    // The proposer stops often; what matters is that nothing is asked afterwards.
  }

  /** The read commits with these votes and nothing dropped. */
  void commitRead(Vote... votes) {
    commitRead(1, Optional.empty(), votes);
  }

  void commitRead(long kept, Optional<NodeId> holder, Vote... votes) {
    commitRead(new Said(kept, holder, kept, Era.ZERO, Era.ZERO, Map.of()), votes);
  }

  /** What the acceptors say besides their votes. */
  record Said(
      long kept, Optional<NodeId> holder, long floor, Era active, Era adopted,
      Map<Era, Configuration> configurations) {
    static final Said NOTHING = new Said(1, Optional.empty(), 1, Era.ZERO, Era.ZERO, Map.of());

    Said floor(long below) {
      return new Said(kept, holder, below, active, adopted, configurations);
    }

    Said eras(Era isActive, Era wasAdopted, Map<Era, Configuration> known) {
      return new Said(kept, holder, floor, isActive, wasAdopted, known);
    }
  }

  /** The read commits, and again after each further configuration that is asked for. */
  void commitRead(Said said, Vote... votes) {
    reader.accept(new ReadOutcome.Committed(
        ballot, InstanceId.of(said.kept()), said.holder(), InstanceId.of(said.floor()),
        said.active(), said.adopted(), said.configurations(), List.of(votes)));
  }

  void abortRead(Ballot higher) {
    Consumer<ReadOutcome> then = reader;
    reader = null;
    then.accept(new ReadOutcome.Aborted(ballot, higher));
  }

  void startReadOver() {
    reader.accept(new ReadOutcome.StartOver(ballot));
  }

  void silent(Ballot which) {
    writer.silent(which);
  }

  void committed(Ballot which, long upTo) {
    writer.committed(which, InstanceId.of(upTo));
  }

  void activated(Ballot which) {
    writer.activated(which);
  }

  void stored(Ballot which) {
    writer.stored(which);
  }

  void abortWrite(Ballot which, Ballot higher) {
    writer.aborted(which, higher);
  }

  void confirmAll() {
    List<LongConsumer> all = List.copyOf(confirms);
    confirms.clear();
    all.forEach(then -> then.accept(1));
  }
}
