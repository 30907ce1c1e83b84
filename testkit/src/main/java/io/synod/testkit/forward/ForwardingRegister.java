package io.synod.testkit.forward;

import io.synod.api.message.RegisterMessage.Reply;
import io.synod.api.model.Ballot;
import io.synod.api.model.Configuration;
import io.synod.api.model.Era;
import io.synod.api.model.Incarnation;
import io.synod.api.model.InstanceId;
import io.synod.api.model.NodeId;
import io.synod.api.model.OneC;
import io.synod.api.model.Value;
import io.synod.api.register.ReadOutcome;
import io.synod.api.register.RoundBasedRegister;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/** Passes every call to a register on; to be overridden in part. */
public abstract class ForwardingRegister implements RoundBasedRegister {
  protected final RoundBasedRegister inner;

  /** In front of {@code inner}. */
  protected ForwardingRegister(RoundBasedRegister inner) {
    this.inner = inner;
  }

  @Override
  public void read(
      Ballot ballot, Era era, Configuration configuration, InstanceId first,
      Consumer<ReadOutcome> then) {
    inner.read(ballot, era, configuration, first, then);
  }

  @Override
  public void readAlso(Configuration configuration) {
    inner.readAlso(configuration);
  }

  @Override
  public void adopt(OneC oneC, boolean opens, WriteListener listener) {
    inner.adopt(oneC, opens, listener);
  }

  @Override
  public void write(InstanceId instance, Value value) {
    inner.write(instance, value);
  }

  @Override
  public void decided(InstanceId upTo) {
    inner.decided(upTo);
  }

  @Override
  public long confirm(LongConsumer then) {
    return inner.confirm(then);
  }

  @Override
  public void recovered(NodeId id, Incarnation lost) {
    inner.recovered(id, lost);
  }

  @Override
  public void onReply(NodeId from, Reply reply) {
    inner.onReply(from, reply);
  }

  @Override
  public boolean flush() {
    return inner.flush();
  }

  @Override
  public void stop() {
    inner.stop();
  }

  @Override
  public boolean leased() {
    return inner.leased();
  }
}
