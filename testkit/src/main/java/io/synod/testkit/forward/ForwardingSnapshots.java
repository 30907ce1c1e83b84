package io.synod.testkit.forward;

import io.synod.api.effect.Snapshots;
import io.synod.api.model.InstanceId;
import io.synod.api.storage.SnapshotContent;
import io.synod.api.storage.SnapshotInfo;
import java.util.Optional;
import java.util.function.Consumer;

/** Passes every call about snapshots on; to be overridden in part. */
public abstract class ForwardingSnapshots implements Snapshots {
  protected final Snapshots inner;

  /** In front of {@code inner}. */
  protected ForwardingSnapshots(Snapshots inner) {
    this.inner = inner;
  }

  @Override
  public Optional<SnapshotInfo> newest() {
    return inner.newest();
  }

  @Override
  public void write(InstanceId last, SnapshotContent content, Consumer<SnapshotInfo> done) {
    inner.write(last, content, done);
  }

  @Override
  public void readChunk(InstanceId last, long offset, int maxBytes, Consumer<byte[]> then) {
    inner.readChunk(last, offset, maxBytes, then);
  }

  @Override
  public void beginReceive(InstanceId last, long length) {
    inner.beginReceive(last, length);
  }

  @Override
  public void receiveChunk(byte[] bytes, Consumer<Long> then) {
    inner.receiveChunk(bytes, then);
  }

  @Override
  public void commitReceived(Consumer<Boolean> then) {
    inner.commitReceived(then);
  }

  @Override
  public void restoreNewest(Reader reader) {
    inner.restoreNewest(reader);
  }
}
