package io.synod.testkit.forward;

import io.synod.api.model.Ballot;
import io.synod.api.model.InstanceId;
import io.synod.api.register.RoundBasedRegister.WriteListener;

/** Passes on how far the writes of a register have come; to be overridden in part. */
public abstract class ForwardingWrites implements WriteListener {
  protected final WriteListener inner;

  /** In front of {@code inner}. */
  protected ForwardingWrites(WriteListener inner) {
    this.inner = inner;
  }

  @Override
  public void stored(Ballot ballot) {
    inner.stored(ballot);
  }

  @Override
  public void activated(Ballot ballot) {
    inner.activated(ballot);
  }

  @Override
  public void committed(Ballot ballot, InstanceId upTo) {
    inner.committed(ballot, upTo);
  }

  @Override
  public void silent(Ballot ballot) {
    inner.silent(ballot);
  }

  @Override
  public boolean mayBePassedOver() {
    return inner.mayBePassedOver();
  }

  @Override
  public void aborted(Ballot ballot, Ballot higher) {
    inner.aborted(ballot, higher);
  }
}
