package io.synod.consensus.rounds;

import io.synod.api.message.RegisterMessage.Reply;
import io.synod.api.model.Ballot;
import io.synod.api.model.Configuration;
import io.synod.api.model.Era;
import io.synod.api.model.InstanceId;
import io.synod.api.model.NodeId;
import io.synod.api.model.OneC;
import io.synod.api.model.Value;
import io.synod.api.model.Vote;
import io.synod.api.register.ReadOutcome;
import io.synod.api.register.RoundBasedRegister;
import java.util.ArrayList;
import java.util.List;
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
    calls.add("read " + which + " from " + first);
    ballot = which;
    reader = then;
  }

  @Override
  public void adopt(OneC oneC, WriteListener listener) {
    calls.add("adopt " + oneC.ballot() + " from " + oneC.low() + " " + tags(oneC.window()));
    writer = listener;
  }

  private static List<String> tags(List<Value> values) {
    return values.stream().map(FakeRegister::tag).toList();
  }

  static String tag(Value value) {
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
    Consumer<ReadOutcome> then = reader;
    reader = null;
    then.accept(new ReadOutcome.Committed(
        ballot, InstanceId.of(kept), holder, InstanceId.of(kept), Era.ZERO, Era.ZERO,
        List.of(votes)));
  }

  void abortRead(Ballot higher) {
    Consumer<ReadOutcome> then = reader;
    reader = null;
    then.accept(new ReadOutcome.Aborted(ballot, higher));
  }

  void committed(Ballot which, long upTo) {
    writer.committed(which, InstanceId.of(upTo));
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
