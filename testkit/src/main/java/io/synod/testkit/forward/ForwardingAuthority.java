package io.synod.testkit.forward;

import io.synod.api.model.Ballot;
import io.synod.api.model.Configuration;
import io.synod.api.model.Era;
import io.synod.api.model.Eras;
import io.synod.api.model.NodeId;
import io.synod.api.model.Reconfigure;
import io.synod.api.model.Value;
import io.synod.api.reconfig.Authority;
import io.synod.api.storage.DurableRecord;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Passes every call to an authority on; to be overridden in part. */
public abstract class ForwardingAuthority implements Authority {
  protected final Authority inner;

  /** In front of {@code inner}. */
  protected ForwardingAuthority(Authority inner) {
    this.inner = inner;
  }

  @Override
  public Era active() {
    return inner.active();
  }

  @Override
  public Era made() {
    return inner.made();
  }

  @Override
  public Configuration configuration(Era era) {
    return inner.configuration(era);
  }

  @Override
  public Optional<Configuration> known(Era era) {
    return inner.known(era);
  }

  @Override
  public Eras eras() {
    return inner.eras();
  }

  @Override
  public List<NodeId> audience() {
    return inner.audience();
  }

  @Override
  public void learn(Era era, Configuration configuration) {
    inner.learn(era, configuration);
  }

  @Override
  public boolean activate(Era era, Configuration configuration) {
    return inner.activate(era, configuration);
  }

  @Override
  public boolean decided(Value value) {
    return inner.decided(value);
  }

  @Override
  public void restore(Eras snapshot) {
    inner.restore(snapshot);
  }

  @Override
  public void recover(DurableRecord record) {
    inner.recover(record);
  }

  @Override
  public boolean inLog() {
    return inner.inLog();
  }

  @Override
  public void register(Ballot ballot, Consumer<Standing> then) {
    inner.register(ballot, then);
  }

  @Override
  public void make(Reconfigure change, Ballot ballot, Consumer<Standing> then) {
    inner.make(change, ballot, then);
  }

  @Override
  public void complete(Era era) {
    inner.complete(era);
  }

  @Override
  public Era inForce() {
    return inner.inForce();
  }

  @Override
  public Eras asOfSnapshot() {
    return inner.asOfSnapshot();
  }
}
