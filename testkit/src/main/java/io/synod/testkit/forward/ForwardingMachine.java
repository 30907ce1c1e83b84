package io.synod.testkit.forward;

import io.synod.api.replication.StateMachine;
import io.synod.api.storage.SnapshotContent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** Passes every call to a state machine on; to be overridden in part. */
public abstract class ForwardingMachine implements StateMachine {
  protected final StateMachine inner;

  /** In front of {@code inner}. */
  protected ForwardingMachine(StateMachine inner) {
    this.inner = inner;
  }

  @Override
  public byte[] apply(Context context, ByteBuffer command) {
    return inner.apply(context, command);
  }

  @Override
  public byte[] query(ByteBuffer query) {
    return inner.query(query);
  }

  @Override
  public SnapshotContent snapshot() {
    return inner.snapshot();
  }

  @Override
  public void restore(InputStream snapshot) throws IOException {
    inner.restore(snapshot);
  }
}
